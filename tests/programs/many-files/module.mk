program := many-files
install := tests
$(eval $(build_program))
