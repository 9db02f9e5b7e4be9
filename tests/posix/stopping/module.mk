program := posix-stopping
libraries := posix
install := tests
$(eval $(build_program))
