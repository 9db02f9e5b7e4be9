# Locks, conditions and semaphores that processes share.
program := posix-sharing
libraries := posix
install := tests
$(eval $(build_program))
