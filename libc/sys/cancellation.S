# Calls that end a cancelled thread: musl asks for the number that marks where such a call begins
# and ends, to decide whether it has happened already.
#
# __syscall_cp_asm(cancelled, number, a, b, c, d, e, f): the first five in a2 to a6, f in a7

    .global __syscall_cp_asm
    .global __cp_begin
    .global __cp_end
    .global __cp_cancel
    .type __syscall_cp_asm, %function
__syscall_cp_asm:
__cp_begin:
    lw t0, 0(a0)
    bnez t0, __cp_cancel
    addi sp, sp, -16
    sd ra, 8(sp)
    mv a0, a1
    mv a1, a2
    mv a2, a3
    mv a3, a4
    mv a4, a5
    mv a5, a6
    mv a6, a7
    call __os_syscall
__cp_end:
    ld ra, 8(sp)
    addi sp, sp, 16
    ret
__cp_cancel:
    tail __cancel

    .section .note.GNU-stack, "", %progbits
