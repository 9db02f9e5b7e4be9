# The driver of the serial line.
program := ns16550
libraries := driver sys codec
interfaces := console init
host_sources := console_server.cpp uart.cpp
$(eval $(build_program))
