program := hello
libraries := posix
install := bin
$(eval $(build_program))
