program := primes
libraries := posix codec
install := bin
$(eval $(build_program))
