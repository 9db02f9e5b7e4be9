# See reflection.cpp. Each way is counted by itself: from the ecall, which counts, to what is executed
# next in user mode.

.equ REGISTERS, 24                      # in abi::Upcall, which is tp in the handler

.text
# struct Counts reflect_once(): a0 the way there, a1 the way back.
.globl reflect_once
reflect_once:
    li   a7, 64                         # Linux's write
    rdinstret a2
    ecall
    rdinstret a5                        # a3: when the handler began, a4: when it ended
    sub  a0, a3, a2
    addi a0, a0, -1                     # rdinstret itself
    sub  a1, a5, a4
    addi a1, a1, -2                     # and the sd after it
    ret

.globl reflection_handler
reflection_handler:
    rdinstret a3
    sd   a3, REGISTERS + 8*13(tp)
    ld   t0, REGISTERS(tp)
    addi t0, t0, 4
    sd   t0, REGISTERS(tp)
    lla  a0, reflection_handler
    li   a7, -1024 - 52                 # upcall_return
    rdinstret a4
    sd   a4, REGISTERS + 8*14(tp)
    ecall
