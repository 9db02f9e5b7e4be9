# Checks ELF programs; the kernel uses it for init, the loader for everybody else.
library := elf
host_sources := image.cpp
$(eval $(build_library))
