program := donation-client
libraries := sys codec
interfaces := file loader
$(eval $(build_program))
