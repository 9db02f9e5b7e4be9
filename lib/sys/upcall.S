# Where handlers begin: see upcall.hpp. All registers are the interrupted thread's, but for tp, which
# is the UpcallArea, and t0 to t2, which say why.

.equ STACK_TOP, 0
.equ GLOBAL_POINTER, 8
.equ THREAD_POINTER, 16
.equ HANDLE, 24
.equ REASON_BYTES, 32

.text
.globl upcall_entry
upcall_entry:
    mv   s1, tp
    li   s0, 0                          # backtraces end here
    ld   sp, STACK_TOP(s1)
    ld   gp, GLOBAL_POINTER(s1)
    ld   tp, THREAD_POINTER(s1)
    addi sp, sp, -REASON_BYTES
handle:
    sd   t0, 0(sp)
    sd   t1, 8(sp)
    sd   t2, 16(sp)
    mv   a0, s1
    mv   a1, sp
    ld   t3, HANDLE(s1)
    jalr t3
    lla  a0, upcall_entry
    li   a7, -1024 - 52                 # upcall_return
    ecall                               # comes back if there are bits to take
    li   t0, 0x8000000000000001         # upcall_by_thread
    j    handle
