# What a process keeps when it becomes another program.
program := posix-becoming
libraries := posix
install := tests
$(eval $(build_program))
