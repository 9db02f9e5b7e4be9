# Rings in memory that two processes share.
library := ring
host_sources := control.cpp end.cpp
$(eval $(build_library))
