# Programs that take all they can get, or run away.
program := posix-hogs
libraries := posix
install := tests
$(eval $(build_program))
