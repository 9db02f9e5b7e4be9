# Where signals leave the path of a program, and come back to it.

.equ deliver_call, 4096        # no number of Linux's: see signal_delivery.cpp
.equ rt_sigreturn, 139

.text
# Has this thread's signals delivered, as if they came here.
.globl posix_deliver
posix_deliver:
    li   a7, deliver_call
    ecall
    ret

# Handlers return to this; sp is their frame.
.globl posix_return_from_handler
posix_return_from_handler:
    li   a7, rt_sigreturn
    ecall

# a0: 33 double words. The registers of a thread whose floating point is off are zero.
.globl posix_save_floating_point
posix_save_floating_point:
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    fsd  f\n, \n * 8(a0)
    .endr
    frcsr t0
    sw   t0, 32 * 8(a0)
    ret

.globl posix_load_floating_point
posix_load_floating_point:
    .irp n, 0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29,30,31
    fld  f\n, \n * 8(a0)
    .endr
    lw   t0, 32 * 8(a0)
    fscsr t0
    ret

    .section .note.GNU-stack, "", %progbits
