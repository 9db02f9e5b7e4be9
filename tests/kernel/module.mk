# What the kernel does at each system call, tried from user mode; and the making of threads and
# processes for that, which the rogue programs use, too.
library := children
sources := test.cpp child.cpp threads.cpp
$(eval $(build_library))

program := kernel-test
sources := main.cpp $(patsubst $(here)/%,%,$(wildcard $(here)/cases/*.cpp))
libraries := children elf regcheck
$(eval $(build_program))
