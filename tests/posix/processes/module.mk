# fork, exec, wait and what becomes of processes.
program := posix-processes
libraries := posix
install := tests
$(eval $(build_program))
