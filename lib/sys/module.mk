# What programs and servers share: system calls, memory, notifications, pools, log, environment.
library      := sys
host_sources := answer.cpp incoming_message.cpp lease.cpp outgoing_message.cpp \
                received_handles.cpp
$(eval $(build_library))
