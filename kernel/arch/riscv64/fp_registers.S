# Floating-point registers to memory and back; the kernel itself uses none.
.option arch, +f, +d

.macro EACH_FP_REGISTER op, base
.irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    \op  f\n, 8*\n(\base)
.endr
.endm

.text
# void save_fp(FpState*), Thread* load_fp(Thread*, FpState const*): sstatus.FS is on. What reply
# keeps in a2 to a6 stays.
.globl save_fp
save_fp:
    EACH_FP_REGISTER fsd, a0
    frcsr t0
    sd   t0, 256(a0)
    ret

.globl load_fp
load_fp:
    EACH_FP_REGISTER fld, a1
    ld   t0, 256(a1)
    fscsr t0
    ret
