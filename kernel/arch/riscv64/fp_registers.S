# Floating-point registers to memory and back; the kernel itself uses none.
.option arch, +f, +d

.macro EACH_FP_REGISTER op
.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \op  f\n, 8*\n(a0)
.endr
.endm

.text
# void save_fp(FpState*), void load_fp(FpState const*): sstatus.FS is on.
.globl save_fp
save_fp:
    EACH_FP_REGISTER fsd
    frcsr t0
    sd   t0, 256(a0)
    ret

.globl load_fp
load_fp:
    EACH_FP_REGISTER fld
    ld   t0, 256(a0)
    fscsr t0
    ret
