program := bench-client
libraries := codec
$(eval $(build_program))
