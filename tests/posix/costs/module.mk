# What copies and new programs cost.
program := posix-costs
libraries := posix
install := tests
$(eval $(build_program))
