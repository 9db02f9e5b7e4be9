# The way into the kernel and out of it. docs/kernel-invariants.md says what holds at each border.
#
# In user mode sscratch holds this hart's Hart; in the kernel it holds 0 and tp is the Hart. So a
# trap that finds 0 comes from the kernel itself, and is a bug. `call` and `reply` take the short
# way: they keep what a function call keeps, and clear the rest so that nothing leaks.

.equ HART_T0, 0
.equ HART_CURRENT, 8
.equ HART_STACK, 16
.equ WORKER_STACK, 256
.equ BUFFER, 264
.equ UPCALL_ENTRY, 688                  # in the message buffer: abi::Upcall
.equ UPCALL_THREAD_POINTER, 696
.equ UPCALL_REGISTERS, 712
.equ WORKER_USES_FP, 272

.macro EACH op, at, registers:vararg
    .irp n, \registers
    \op  x\n, 8*\n+\at(t0)
    .endr
.endm

.macro EACH_CALLEE_SAVED op
    EACH \op, 0, 8,9,18,19,20,21,22,23,24,25,26,27
.endm

.macro EACH_ARGUMENT op                  # but a0
    EACH \op, 0, 11,12,13,14,15,16,17
.endm

.macro EACH_OTHER op, at=0               # than tp and t0
    EACH \op, \at, 1,2,3,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
.endm

.macro CLEAR registers:vararg
    .irp n, \registers
    li   x\n, 0
    .endr
.endm

.macro CLEAR_TEMPORARIES
    CLEAR 1,5,6,7,28,29,30,31,17
.endm

# t0 is the frame: the system call's own pc is behind it.
.macro SAVE_PC_AFTER_CALL with
    csrr \with, sepc
    addi \with, \with, 4
    sd   \with, 0(t0)
.endm

# To the frame in t0, with what a function call keeps, and with a0 to a6 as they are.
.macro RETURN_FROM_CALL
    ld   t1, 0(t0)
    csrw sepc, t1
    csrw sscratch, tp
    ld   sp, 16(t0)
    ld   gp, 24(t0)
    ld   tp, 32(t0)
    EACH_CALLEE_SAVED ld
    CLEAR_TEMPORARIES
    sret
.endm

.section .text.hot, "ax"
.balign 64
.globl trap_entry
trap_entry:
    csrrw tp, sscratch, tp
    beqz tp, from_kernel
    sd   t0, HART_T0(tp)
    csrr t0, scause
    addi t0, t0, -8
    bnez t0, not_a_system_call
    addi t0, a7, 1025
    beqz t0, reply
    addi t0, a7, 1024
    bnez t0, not_a_call
    ld   t0, HART_CURRENT(tp)
    EACH_CALLEE_SAVED sd
    sd   sp, 16(t0)
    sd   gp, 24(t0)
    csrrw s0, sscratch, zero
    sd   s0, 32(t0)
    SAVE_PC_AFTER_CALL s0
    ld   sp, HART_STACK(tp)
    mv   s0, a0
    mv   s1, a1
    call fast_call                      # (handle, header) -> worker or 0, badge; a2 to a6 stay
    beqz a0, slow_call
    ld   t0, WORKER_USES_FP(a0)
    bnez t0, call_with_fp
enter_worker:
    ld   sp, WORKER_STACK(a0)
    ld   gp, 24(a0)
    csrw sscratch, tp
    ld   tp, 32(a0)
    mv   a0, a1
    mv   a1, s1
    CLEAR 8,9,18,19,20,21,22,23,24,25,26,27
    CLEAR_TEMPORARIES
    sret

call_with_fp:
    addi sp, sp, -144
    mv   t0, sp
    EACH_ARGUMENT sd
    sd   a0, 80(t0)
    mv   a0, tp
    call take_fp_early
    mv   t0, sp
    EACH_ARGUMENT ld
    ld   a0, 80(t0)
    addi sp, sp, 144
    j    enter_worker

slow_call:
    li   a7, -1024
    ld   t0, HART_CURRENT(tp)
other_system_call:
    sd   s0, 80(t0)
    mv   a1, s1
    EACH_ARGUMENT sd
    call system_call_trap               # does not return

# Some system calls need no lock and wait for nothing: functions of syscall/short_calls.cpp, which
# keep the s registers as all functions do, so that these need not be saved.
not_a_call:
    bgtz t0, foreign_system_call
    sltiu t1, t0, -63
    bnez t1, long_system_call
    slli t0, t0, 3
1:  auipc t1, %pcrel_hi(short_calls)
    sub  t1, t1, t0
    ld   t1, %pcrel_lo(1b)(t1)
    beqz t1, long_system_call
    ld   t0, HART_CURRENT(tp)
    sd   sp, 16(t0)
    csrrw t2, sscratch, zero
    sd   t2, 32(t0)
    ld   sp, HART_STACK(tp)
    jalr t1                             # (arguments) -> status, value
    addi t0, a0, 1
    beqz t0, not_so_short
    csrr t0, sepc
    addi t0, t0, 4
    csrw sepc, t0
    ld   t0, HART_CURRENT(tp)
    csrw sscratch, tp
    ld   sp, 16(t0)
    ld   tp, 32(t0)
    CLEAR 12,13,14,15,16
    CLEAR_TEMPORARIES
    sret

long_system_call:
    ld   t0, HART_CURRENT(tp)
    sd   sp, 16(t0)
    csrrw t1, sscratch, zero
    sd   t1, 32(t0)
    ld   sp, HART_STACK(tp)
    sd   a0, 80(t0)
    EACH_ARGUMENT sd
    li   a1, 0

# The function has written the arguments for the long way into the frame, or a1 says what is left.
not_so_short:
    ld   t0, HART_CURRENT(tp)
    EACH_CALLEE_SAVED sd
    sd   gp, 24(t0)
    SAVE_PC_AFTER_CALL s0
    mv   a0, a1
    call end_long_call                  # does not return

# Not a number of ours: for the thread's handler in its own process, if it has one that is not at
# work. Whatever the handler does not find in its registers is in the message buffer.
foreign_system_call:
    ld   t0, HART_CURRENT(tp)
    ld   t0, BUFFER(t0)
    ld   t0, UPCALL_ENTRY(t0)
    beqz t0, long_system_call
    ld   t0, HART_CURRENT(tp)
    ld   t0, BUFFER(t0)
    EACH_OTHER sd, UPCALL_REGISTERS
    csrrw t1, sscratch, tp
    sd   t1, 32+UPCALL_REGISTERS(t0)
    ld   t1, HART_T0(tp)
    sd   t1, 40+UPCALL_REGISTERS(t0)
    csrr t1, sepc
    sd   t1, 0+UPCALL_REGISTERS(t0)
    ld   t1, UPCALL_ENTRY(t0)
    csrw sepc, t1
    sd   zero, UPCALL_ENTRY(t0)
    ld   tp, UPCALL_THREAD_POINTER(t0)
    li   t0, 8                          # the cause: a system call
    sret

# A worker keeps nothing across a reply, so nothing of it is saved.
reply:
    csrw sscratch, zero
    ld   sp, HART_STACK(tp)
    mv   s0, a0
    mv   s1, a1
    call fast_reply                     # (status, header) -> caller or 0; a2 to a6 stay
    beqz a0, slow_reply
    mv   t0, a0
    mv   a0, s0
    mv   a1, s1
    RETURN_FROM_CALL

slow_reply:
    ld   t0, HART_CURRENT(tp)
    SAVE_PC_AFTER_CALL t1
    li   a7, -1025
    j    other_system_call

not_a_system_call:
    ld   t0, HART_CURRENT(tp)
    EACH_OTHER sd
    csrrw s0, sscratch, zero
    sd   s0, 32(t0)
    ld   s0, HART_T0(tp)
    sd   s0, 40(t0)
    csrr s0, sepc
    sd   s0, 0(t0)
    ld   sp, HART_STACK(tp)
    li   s0, 0
    call user_trap                      # does not return

# void return_to_user(registers): pc, then x1 to x31.
.globl return_to_user
return_to_user:
    mv   t0, a0
    ld   t1, 0(t0)
    csrw sepc, t1
    csrw sscratch, tp
    EACH_OTHER ld
    ld   tp, 32(t0)
    ld   t0, 40(t0)
    sret

# void return_from_call(Frame const*, status, value): what a call keeps, its results, nothing else.
.globl return_from_call
return_from_call:
    mv   t0, a0
    mv   a0, a1
    mv   a1, a2
    CLEAR 12,13,14,15,16
    RETURN_FROM_CALL

# The kernel trapped: keep the registers for the report, on a stack that is certainly good.
from_kernel:
    csrrw tp, sscratch, tp
    sd   t0, HART_T0(tp)
    la   t0, panic_frame
    EACH_OTHER sd
    sd   tp, 32(t0)
    ld   t1, HART_T0(tp)
    sd   t1, 40(t0)
    csrr t1, sepc
    sd   t1, 0(t0)
    la   sp, panic_stack_top
    mv   a0, t0
    call kernel_trap                    # does not return

.section .bss
.balign 16
panic_frame: .skip 264
panic_stack: .skip 8192
panic_stack_top:
