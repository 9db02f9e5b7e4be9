# Two processes with a ring between them.
program := ring-test
libraries := ring children elf
$(eval $(build_program))
