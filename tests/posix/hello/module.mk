# The textbook's first program with threads, and what can be seen of its threads.
program := posix-hello
libraries := posix
install := tests
$(eval $(build_program))
