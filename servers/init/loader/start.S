// The loader's first and last instructions.
    .text
    .globl _start
    .type _start, @function
_start:
    call load_program       // -> a0: the program's entry, a1: its stack pointer
    mv s0, a0
    mv sp, a1

    // The loader's stack and input go; its code stays, read-only, for the jump to the program.
    lla t0, unmap_input
    ld a0, 0(t0)
    ld a1, 8(t0)
    ld a2, 16(t0)
    ld a7, 24(t0)
    ecall

    mv t0, s0
    li s0, 0                // ends backtraces
    li ra, 0
    li a0, 0
    jr t0
    .size _start, . - _start
