program := donation-console
libraries := sys codec
interfaces := console loader
$(eval $(build_program))
