program := primes
libraries := posix
install := bin
$(eval $(build_program))
