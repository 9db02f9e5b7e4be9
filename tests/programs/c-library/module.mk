program := c-library
libraries := posix
install := tests
$(eval $(build_program))
