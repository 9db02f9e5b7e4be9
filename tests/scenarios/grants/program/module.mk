program := grants-program
libraries := sys codec
interfaces := init
$(eval $(build_program))
