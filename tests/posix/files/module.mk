program := posix-files
libraries := posix
install := tests
$(eval $(build_program))
