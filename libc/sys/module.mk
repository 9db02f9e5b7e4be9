# What musl expects of a kernel, made of Baton's system calls.
library := os
host_sources := clock.cpp errno.cpp
$(eval $(build_library))
