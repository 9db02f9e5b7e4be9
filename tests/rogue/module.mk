# A program that does what no program may.
program := rogue
libraries := posix children elf regcheck
install := tests
$(eval $(build_program))
