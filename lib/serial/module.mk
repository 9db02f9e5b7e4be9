# What the drivers of serial lines share: all but the registers.
library := serial
host_sources := console_server.cpp
$(eval $(build_library))
