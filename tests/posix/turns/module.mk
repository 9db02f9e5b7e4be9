# Who runs next on one hart.
program := posix-turns
libraries := posix
install := tests
$(eval $(build_program))
