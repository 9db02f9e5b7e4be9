program := block-client
libraries := sys codec
interfaces := block
$(eval $(build_program))
