# The kernel. The portable sources that it shares with user programs are named here.
kernel_sources += lib/device_tree/blob.cpp lib/device_tree/node.cpp \
    lib/device_tree/node_addresses.cpp lib/device_tree/property.cpp \
    lib/device_tree/tree.cpp lib/base/memory.cpp

# trap.S leaves the message in a2 to a6 while these functions run, and has saved s2 to s11.
cflags_kernel/ipc/fast_path.cpp := -ffixed-a2 -ffixed-a3 -ffixed-a4 -ffixed-a5 -ffixed-a6 \
    $(addprefix -fcall-used-s,2 3 4 5 6 7 8 9 10 11) \
    -fomit-frame-pointer -fno-lto

# Short system calls are functions that call nothing, for the most part.
cflags_kernel/syscall/short_calls.cpp := -fomit-frame-pointer

# Or the compiler would turn the loop of memcpy into a call of memcpy.
cflags_lib/base/memory.cpp := -fno-tree-loop-distribute-patterns -fno-lto

# Links differ in the symbol table alone: the optimisation of the whole program must not see it.
cflags_kernel/debug/symbols.cpp := -fno-lto
