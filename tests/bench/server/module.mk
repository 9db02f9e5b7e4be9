program := bench-server
libraries := codec
$(eval $(build_program))
