program := posix-mappings
libraries := posix
install := tests
$(eval $(build_program))
