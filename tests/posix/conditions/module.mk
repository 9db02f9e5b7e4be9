program := posix-conditions
libraries := posix
install := tests
$(eval $(build_program))
