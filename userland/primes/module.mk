program := primes
install := bin
$(eval $(build_program))
