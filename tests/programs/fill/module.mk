program := fill
install := tests
$(eval $(build_program))
