# Whether registers keep their values, for the tests of the kernel and the rogue programs.
library := regcheck
$(eval $(build_library))
