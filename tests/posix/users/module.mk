program := posix-users
libraries := posix
install := tests
$(eval $(build_program))
