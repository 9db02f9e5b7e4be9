# Processes that attack the kernel and each other, and one that only wants to work.
program := hostile
libraries := children elf
$(eval $(build_program))
