# The first code in every process but init: maps the program and jumps to it.
program := loader
startup := none
libraries := elf codec sys
interfaces := file loader
# Without a data segment, at the code_address of input.hpp.
link_flags := -T servers/init/loader/loader.ld
cflags_$(here)/memory_functions.cpp := -fno-tree-loop-distribute-patterns
host_sources := start_stack.cpp
$(eval $(build_program))
