program := posix-synchronisation
libraries := posix
install := tests
$(eval $(build_program))
