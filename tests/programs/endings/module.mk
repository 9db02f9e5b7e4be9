program := endings
libraries := posix
install := tests
$(eval $(build_program))
