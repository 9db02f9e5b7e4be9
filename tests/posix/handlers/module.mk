# Whose handlers of signals are, and what is masked while they run.
program := posix-handlers
libraries := posix
install := tests
$(eval $(build_program))
