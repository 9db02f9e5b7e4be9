# Pseudo-terminals, job control at them, and what happens when an end goes.
program := posix-terminals
libraries := posix
install := tests
$(eval $(build_program))
