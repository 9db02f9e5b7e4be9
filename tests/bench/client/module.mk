program := bench-client
interfaces := file
$(eval $(build_program))
