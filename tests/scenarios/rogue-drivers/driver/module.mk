program := rogue-driver
libraries := driver sys codec
interfaces := init
$(eval $(build_program))
