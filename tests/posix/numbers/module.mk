# Any number as a descriptor or process.
program := posix-numbers
libraries := posix
install := tests
$(eval $(build_program))
