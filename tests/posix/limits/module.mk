# What processes may use, and what they have used.
program := posix-limits
libraries := posix
install := tests
$(eval $(build_program))
