# What programs and servers share: system calls, memory, notifications, pools, log, environment.
library := sys
sources := handle.cpp log.cpp memory.cpp message_buffer.cpp start_info.cpp
$(eval $(build_library))
