program := bench-server
$(eval $(build_program))
