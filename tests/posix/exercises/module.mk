# What textbooks on operating systems have their readers try.
program := posix-exercises
libraries := posix
install := tests
$(eval $(build_program))
