program := checksum
install := tests
$(eval $(build_program))
