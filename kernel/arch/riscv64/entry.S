# Where the kernel starts: the Linux boot protocol (Documentation/arch/riscv/boot.rst): a0 is the
# hart, a1 the physical address of the device tree, translation is off. Turns on a first page table
# that maps the image where it is linked, all memory at the direct map, and this code where it runs.

.equ PTE_RWX, 0xcf          # valid, readable, writable, executable, accessed, dirty
.equ PTE_RW, 0xc7
.equ PTE_TABLE, 0x01

.section .head, "ax"
.globl image_header
image_header:
    j    boot
    .balign 8
    .dword 0x200000                     # load offset from the start of memory
    .dword image_end - image_start      # the builder adds the archive's size
    .dword 0                            # little endian
    .word  2                            # header version 0.2
    .word  0
    .dword 0
    .ascii "RISCV\0\0\0"
    .ascii "RSC\x05"
    .word  0

# a0: hart, a1: device tree. Any hart may be the first; the others are started by it. Firmware that
# is asked to start a hart which is only just on its way up may send it here, not where it was asked
# to (OpenSBI 1.1, hart_start): who is not the first goes where it belongs.
boot:
    csrw sie, zero
    csrw satp, zero
    lla  t0, boot_taken
    li   t1, 1
    amoswap.w.aqrl t1, t1, (t0)
    bnez t1, secondary_entry
    mv   s0, a0
    mv   s1, a1
    rdinstret s2
    csrr s3, time
    lla  s4, image_header               # physical address of the image
    call fill_boot_table
    call enable_boot_table
    la   sp, boot_stack_top
    mv   a0, s0
    mv   a1, s1
    mv   a2, s4
    mv   a3, s3
    li   ra, 0
    li   s0, 0
    tail kernel_main

# The others arrive here: a0 is the hart. Its Hart structure (a linked address) is in hart_starts,
# which has eight pairs: number, structure.
.globl secondary_entry
secondary_entry:
    csrw sie, zero
    csrw satp, zero
    lla  t0, hart_starts
    li   t1, 8
1:  ld   s0, 8(t0)
    beqz s0, 2f
    fence r, r
    ld   t2, 0(t0)
    beq  t2, a0, 3f
2:  addi t0, t0, 16
    addi t1, t1, -1
    bnez t1, 1b
    j    secondary_entry                # it is not written yet
3:  fence r, rw
    call enable_boot_table
    mv   tp, s0
    ld   sp, 16(tp)                     # Hart::stack_top
    mv   a0, s0
    li   ra, 0
    li   s0, 0
    tail secondary_main

# Fills boot_table; s4 is the image's physical address. Clobbers t0 to t6.
fill_boot_table:
    lla  t0, boot_table
    lla  t1, boot_image_table
    # this code's own gigabyte, where it runs
    srli t2, s4, 30
    slli t3, t2, 28
    ori  t3, t3, PTE_RWX
    slli t4, t2, 3
    add  t4, t4, t0
    sd   t3, 0(t4)
    # the image, where it is linked: 16 MiB in pages of 2 MiB
    srli t2, t1, 12
    slli t2, t2, 10
    ori  t2, t2, PTE_TABLE
    li   t3, 510 * 8
    add  t3, t3, t0
    sd   t2, 0(t3)
    srli t2, s4, 12
    slli t2, t2, 10
    ori  t2, t2, PTE_RWX
    li   t3, 8
1:  sd   t2, 0(t1)
    li   t4, 0x200 << 10
    add  t2, t2, t4
    addi t1, t1, 8
    addi t3, t3, -1
    bnez t3, 1b
    # the direct map: 128 GiB in pages of 1 GiB
    li   t1, 256 * 8
    add  t1, t1, t0
    li   t2, PTE_RW
    li   t3, 128
    li   t4, 1 << 28
2:  sd   t2, 0(t1)
    add  t2, t2, t4
    addi t1, t1, 8
    addi t3, t3, -1
    bnez t3, 2b
    ret

# Returns to the linked address of the caller's next instruction.
enable_boot_table:
    lla  t0, boot_table
    srli t0, t0, 12
    li   t1, 8 << 60
    or   t0, t0, t1
    lla  t1, image_header
    ld   t2, linked_header
    sub  t2, t2, t1
    add  ra, ra, t2
    sfence.vma
    csrw satp, t0
    sfence.vma
    ret

    .balign 8
linked_header:
    .dword image_header

.section .data
.balign 4
boot_taken: .word 0

.section .bss
.balign 4096
.globl boot_table
boot_table: .skip 4096
boot_image_table: .skip 4096
.globl boot_stack_bottom
boot_stack_bottom: .skip 16384
boot_stack_top:
