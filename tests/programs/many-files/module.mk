program := many-files
libraries := posix
install := tests
$(eval $(build_program))
