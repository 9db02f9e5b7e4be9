# See regcheck.hpp. A register's value is the seed plus its number, a floating-point one's is that
# plus 64.

.macro SAVE_CALLEE_SAVED
    addi sp, sp, -240
    sd   ra, 0(sp)
    sd   gp, 8(sp)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11
    sd   s\n, 16+8*\n(sp)
    fsd  fs\n, 112+8*\n(sp)
    .endr
.endm

.macro RESTORE_CALLEE_SAVED
    ld   ra, 0(sp)
    ld   gp, 8(sp)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11
    ld   s\n, 16+8*\n(sp)
    fld  fs\n, 112+8*\n(sp)
    .endr
    addi sp, sp, 240
.endm

# Floating-point registers from the seed in \seed, by way of \scratch.
.macro FILL_FP seed, scratch
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    addi \scratch, \seed, 64+\n
    fmv.d.x f\n, \scratch
    .endr
.endm

# Adds one to \count for each that differs.
.macro COMPARE_FP seed, scratch, other, count
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    addi \scratch, \seed, 64+\n
    fmv.x.d \other, f\n
    xor  \other, \other, \scratch
    snez \other, \other
    add  \count, \count, \other
    .endr
.endm

# Adds one to 16(sp) for each of the registers that differs from the seed in 0(sp) plus its number.
# All but t0 stay.
.macro COMPARE registers:vararg
    .irp n, \registers
    ld   t0, 0(sp)
    addi t0, t0, \n
    sub  t0, x\n, t0
    snez t0, t0
    sd   t1, 24(sp)
    ld   t1, 16(sp)
    add  t0, t0, t1
    sd   t0, 16(sp)
    ld   t1, 24(sp)
    .endr
.endm

.text
# The stack holds: 240 seed, 248 rounds, 256 differences, 264 a place for one register.
.globl check_registers
check_registers:
    SAVE_CALLEE_SAVED
    addi sp, sp, -32
    sd   a0, 0(sp)
    sd   a1, 8(sp)
    sd   zero, 16(sp)
    mv   t0, a0
    FILL_FP t0, t1
    .irp n, 1,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    addi x\n, t0, \n
    .endr
1:                                      # spin for a while with everything filled
    li   t0, 2000
2:  addi t0, t0, -1
    bnez t0, 2b
    COMPARE 1,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    sd   t1, 24(sp)
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    ld   t0, 0(sp)
    addi t0, t0, 64+\n
    fmv.x.d t1, f\n
    sub  t0, t1, t0
    snez t0, t0
    ld   t1, 16(sp)
    add  t0, t0, t1
    sd   t0, 16(sp)
    .endr
    ld   t1, 24(sp)
    ld   t0, 8(sp)
    addi t0, t0, -1
    sd   t0, 8(sp)
    bnez t0, 1b
    ld   a0, 16(sp)
    addi sp, sp, 32
    RESTORE_CALLEE_SAVED
    ret

.globl check_registers_across_call
check_registers_across_call:
    SAVE_CALLEE_SAVED
    addi sp, sp, -32
    sd   a0, 0(sp)
    sd   a1, 8(sp)
    mv   t0, a0
    FILL_FP t0, t1
    .irp n, 8,9,18,19,20,21,22,23,24,25,26,27
    addi x\n, t0, \n
    .endr
    mv   a0, a1
    li   a1, 0
    li   a7, -1024
    ecall
    sd   a3, 16(sp)                     # what the worker found
    li   a3, 0
    .irp n, 1,5,6,7,17,28,29,30,31
    snez a2, x\n
    add  a3, a3, a2
    .endr
    ld   t0, 0(sp)
    .irp n, 8,9,18,19,20,21,22,23,24,25,26,27
    addi t1, t0, \n
    sub  t1, x\n, t1
    snez t1, t1
    add  a3, a3, t1
    .endr
    COMPARE_FP t0, t1, t2, a3
    add  a0, a0, a3                     # a status other than ok counts, too
    ld   a3, 16(sp)
    add  a0, a0, a3
    addi sp, sp, 32
    RESTORE_CALLEE_SAVED
    ret

.globl check_registers_across_foreign_call
check_registers_across_foreign_call:
    SAVE_CALLEE_SAVED
    addi sp, sp, -32
    sd   a0, 0(sp)
    mv   t0, a0
    .irp n, 1,6,7,8,9,10,11,12,13,14,15,16,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    addi x\n, t0, \n
    .endr
    li   a7, 64                         # Linux's write
    addi t0, t0, 5
    ecall
    sd   a0, 8(sp)
    ld   a0, 0(sp)
    addi a0, a0, 5
    sub  t0, t0, a0
    snez t0, t0
    sd   t0, 16(sp)
    COMPARE 1,6,7,8,9,11,12,13,14,15,16,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    addi a7, a7, -64
    snez a7, a7
    ld   a0, 0(sp)
    ld   t0, 8(sp)
    addi a0, a0, 11
    sub  t0, t0, a0
    snez t0, t0
    ld   a0, 16(sp)
    add  a0, a0, t0
    add  a0, a0, a7
    addi sp, sp, 32
    RESTORE_CALLEE_SAVED
    ret

.globl check_registers_of_worker
check_registers_of_worker:
    li   a3, 0
    .irp n, 1,5,6,7,8,9,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    snez a2, x\n
    add  a3, a3, a2
    .endr
    li   t0, 0x7777
    FILL_FP t0, t1
    .irp n, 1,6,7,8,9,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    addi x\n, t0, \n
    .endr
    li   a0, 0
    li   a1, 0
    li   a2, 0
    li   a7, -1025
    ecall
