program := donation-cold
libraries := sys codec
interfaces := file loader
$(eval $(build_program))
