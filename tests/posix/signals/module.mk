# Handlers of signals, and what they may do.
program := posix-signals
libraries := posix
install := tests
$(eval $(build_program))
