program := fill
libraries := posix
install := tests
$(eval $(build_program))
