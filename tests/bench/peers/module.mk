program := posix-bench
sources := posix-bench.c
libraries := posix
install := tests
$(eval $(build_program))
