program := hello
install := bin
$(eval $(build_program))
