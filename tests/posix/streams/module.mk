program := posix-streams
libraries := posix
install := tests
$(eval $(build_program))
