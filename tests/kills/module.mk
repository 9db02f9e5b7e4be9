# Clients and servers that are killed in the middle of nested calls.
program := kills
libraries := children elf
$(eval $(build_program))
