# The way into the kernel and out of it. docs/kernel-invariants.md says what holds at each border.
#
# In user mode sscratch holds this hart's Hart; in the kernel it holds 0 and tp is the Hart. So a
# trap that finds 0 comes from the kernel itself, and is a bug. `call` and `reply` take the short
# way: they keep what a function call keeps, and clear the rest so that nothing leaks.

.equ HART_T0, 0
.equ HART_CURRENT, 8
.equ HART_STACK, 16
.equ WORKER_STACK, 256

.macro EACH_CALLEE_SAVED op
    \op  s0, 64(t0)
    \op  s1, 72(t0)
    \op  s2, 144(t0)
    \op  s3, 152(t0)
    \op  s4, 160(t0)
    \op  s5, 168(t0)
    \op  s6, 176(t0)
    \op  s7, 184(t0)
    \op  s8, 192(t0)
    \op  s9, 200(t0)
    \op  s10, 208(t0)
    \op  s11, 216(t0)
.endm

.macro EACH_ARGUMENT op, base
    \op  a1, 88(\base)
    \op  a2, 96(\base)
    \op  a3, 104(\base)
    \op  a4, 112(\base)
    \op  a5, 120(\base)
    \op  a6, 128(\base)
    \op  a7, 136(\base)
.endm

.macro CLEAR_TEMPORARIES
    li   ra, 0
    li   t0, 0
    li   t1, 0
    li   t2, 0
    li   t3, 0
    li   t4, 0
    li   t5, 0
    li   t6, 0
    li   a7, 0
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
    csrr s0, sepc
    addi s0, s0, 4
    sd   s0, 0(t0)
    ld   sp, HART_STACK(tp)
    mv   s0, a0
    mv   s1, a1
    call fast_call                      # (handle, header) -> worker or 0, badge; a2 to a6 stay
    beqz a0, slow_call
    ld   sp, WORKER_STACK(a0)
    ld   gp, 24(a0)
    csrw sscratch, tp
    ld   tp, 32(a0)
    mv   a0, a1
    mv   a1, s1
    li   s0, 0
    li   s1, 0
    li   s2, 0
    li   s3, 0
    li   s4, 0
    li   s5, 0
    li   s6, 0
    li   s7, 0
    li   s8, 0
    li   s9, 0
    li   s10, 0
    li   s11, 0
    CLEAR_TEMPORARIES
    sret

slow_call:
    li   a7, -1024
    ld   t0, HART_CURRENT(tp)
other_system_call:
    sd   s0, 80(t0)
    mv   a1, s1
    EACH_ARGUMENT sd, t0
    call system_call_trap               # does not return

# Some system calls need no lock and wait for nothing: functions of syscall/short_calls.cpp, which
# keep the s registers as all functions do, so that these need not be saved.
not_a_call:
    li   t0, -1024
    sub  t0, t0, a7
    sltiu t1, t0, 64
    beqz t1, long_system_call
    lla  t1, short_calls
    slli t0, t0, 3
    add  t1, t1, t0
    ld   t1, 0(t1)
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
    li   a2, 0
    li   a3, 0
    li   a4, 0
    li   a5, 0
    li   a6, 0
    CLEAR_TEMPORARIES
    sret

# The function has written the arguments for the long way into the frame.
not_so_short:
    ld   t0, HART_CURRENT(tp)
    EACH_CALLEE_SAVED sd
    sd   gp, 24(t0)
    csrr s0, sepc
    addi s0, s0, 4
    sd   s0, 0(t0)
    call system_call_trap               # does not return

long_system_call:
    ld   t0, HART_CURRENT(tp)
    EACH_CALLEE_SAVED sd
    sd   sp, 16(t0)
    sd   gp, 24(t0)
    csrrw s0, sscratch, zero
    sd   s0, 32(t0)
    csrr s0, sepc
    addi s0, s0, 4
    sd   s0, 0(t0)
    ld   sp, HART_STACK(tp)
    sd   a0, 80(t0)
    EACH_ARGUMENT sd, t0
    call system_call_trap               # does not return

# A worker keeps nothing across a reply, so nothing of it is saved.
reply:
    csrw sscratch, zero
    ld   sp, HART_STACK(tp)
    mv   s0, a0
    mv   s1, a1
    call fast_reply                     # (status, header) -> caller or 0; a2 to a6 stay
    beqz a0, slow_reply
    mv   t0, a0
    ld   t1, 0(t0)
    csrw sepc, t1
    csrw sscratch, tp
    mv   a0, s0
    mv   a1, s1
    ld   sp, 16(t0)
    ld   gp, 24(t0)
    ld   tp, 32(t0)
    EACH_CALLEE_SAVED ld
    CLEAR_TEMPORARIES
    sret

slow_reply:
    ld   t0, HART_CURRENT(tp)
    csrr t1, sepc
    addi t1, t1, 4
    sd   t1, 0(t0)
    li   a7, -1025
    j    other_system_call

not_a_system_call:
    ld   t0, HART_CURRENT(tp)
    sd   ra, 8(t0)
    sd   sp, 16(t0)
    sd   gp, 24(t0)
    sd   t1, 48(t0)
    sd   t2, 56(t0)
    EACH_CALLEE_SAVED sd
    sd   a0, 80(t0)
    EACH_ARGUMENT sd, t0
    sd   t3, 224(t0)
    sd   t4, 232(t0)
    sd   t5, 240(t0)
    sd   t6, 248(t0)
    csrrw s0, sscratch, zero
    sd   s0, 32(t0)
    ld   s0, HART_T0(tp)
    sd   s0, 40(t0)
    csrr s0, sepc
    sd   s0, 0(t0)
    ld   sp, HART_STACK(tp)
    li   s0, 0
    call user_trap                      # does not return

# void return_to_user(Frame const*): restores all registers.
.globl return_to_user
return_to_user:
    mv   t0, a0
    ld   t1, 0(t0)
    csrw sepc, t1
    csrw sscratch, tp
    ld   ra, 8(t0)
    ld   sp, 16(t0)
    ld   gp, 24(t0)
    ld   tp, 32(t0)
    ld   t1, 48(t0)
    ld   t2, 56(t0)
    EACH_CALLEE_SAVED ld
    ld   a0, 80(t0)
    EACH_ARGUMENT ld, t0
    ld   t3, 224(t0)
    ld   t4, 232(t0)
    ld   t5, 240(t0)
    ld   t6, 248(t0)
    ld   t0, 40(t0)
    sret

# void return_from_call(Frame const*, status, value): what a call keeps, its results, nothing else.
.globl return_from_call
return_from_call:
    mv   t0, a0
    ld   t1, 0(t0)
    csrw sepc, t1
    csrw sscratch, tp
    mv   a0, a1
    mv   a1, a2
    ld   sp, 16(t0)
    ld   gp, 24(t0)
    ld   tp, 32(t0)
    EACH_CALLEE_SAVED ld
    li   a2, 0
    li   a3, 0
    li   a4, 0
    li   a5, 0
    li   a6, 0
    CLEAR_TEMPORARIES
    sret

# The kernel trapped: keep the registers for the report, on a stack that is certainly good.
from_kernel:
    csrrw tp, sscratch, tp
    sd   t0, HART_T0(tp)
    la   t0, panic_frame
    sd   ra, 8(t0)
    sd   sp, 16(t0)
    sd   gp, 24(t0)
    sd   tp, 32(t0)
    sd   t1, 48(t0)
    sd   t2, 56(t0)
    EACH_CALLEE_SAVED sd
    sd   a0, 80(t0)
    EACH_ARGUMENT sd, t0
    sd   t3, 224(t0)
    sd   t4, 232(t0)
    sd   t5, 240(t0)
    sd   t6, 248(t0)
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
