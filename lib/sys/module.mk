# What programs and servers share: system calls, memory, notifications, pools, log, environment.
library := sys
$(eval $(build_library))
