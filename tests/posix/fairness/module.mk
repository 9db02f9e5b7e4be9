# Programs that take all they can get, and what is left for others.
program := posix-fairness
libraries := posix
install := tests
$(eval $(build_program))
