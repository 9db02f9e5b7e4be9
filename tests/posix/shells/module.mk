# A shell as small as one can be, and what shells need of a system.
program := posix-shells
libraries := posix
install := tests
$(eval $(build_program))
