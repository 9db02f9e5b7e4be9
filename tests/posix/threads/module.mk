# Threads and what they wait for.
program := posix-threads
libraries := posix
install := tests
$(eval $(build_program))
