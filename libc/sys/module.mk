# What musl expects of a kernel, made of Baton's system calls.
library := os
$(eval $(build_library))
