# How fast somebody gets on beside a program that takes all it can get.
program := posix-neighbours
libraries := posix
install := tests
$(eval $(build_program))
