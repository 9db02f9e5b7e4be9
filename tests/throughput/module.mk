# Clients that do nothing but call, on one hart and on two.
program := throughput
libraries := children elf
$(eval $(build_program))
