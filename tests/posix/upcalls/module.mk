# What programs make of signals: defaults, threads of their own, saving files, logging out.
program := posix-upcalls
libraries := posix
install := tests
$(eval $(build_program))
