program := checksum
libraries := posix
install := tests
$(eval $(build_program))
