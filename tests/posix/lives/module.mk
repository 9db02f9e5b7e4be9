# How processes begin and end.
program := posix-lives
libraries := posix
install := tests
$(eval $(build_program))
