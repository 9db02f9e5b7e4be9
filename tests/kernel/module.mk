# What the kernel does at each system call, tried from user mode.
program := kernel-test
libraries := elf regcheck
$(eval $(build_program))
