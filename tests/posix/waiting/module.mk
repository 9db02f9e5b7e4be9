program := posix-waiting
libraries := posix
install := tests
$(eval $(build_program))
