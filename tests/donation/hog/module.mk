program := donation-hog
libraries := sys codec
$(eval $(build_program))
