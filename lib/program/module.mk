# Making processes that a program is loaded into.
library := program
$(eval $(build_library))
