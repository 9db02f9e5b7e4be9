program := posix-locks
libraries := posix
install := tests
$(eval $(build_program))
