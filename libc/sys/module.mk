# What musl expects of a kernel, made of Baton's system calls.
library := os
host_sources := clock.cpp errno.cpp
$(eval $(build_library))

# Or the compiler would turn the loop of memcpy into a call of memcpy.
cflags_libc/sys/memory_functions.cpp := -fno-tree-loop-distribute-patterns
