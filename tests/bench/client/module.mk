program := bench-client
$(eval $(build_program))
