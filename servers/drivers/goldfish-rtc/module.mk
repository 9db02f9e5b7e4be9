# The driver of the clock that goes on while the machine is off.
program := goldfish-rtc
libraries := driver sys codec
interfaces := clock init
host_sources := rtc.cpp
$(eval $(build_program))
