# The driver of the serial lines that PCs and most boards have.
program := ns16550
libraries := serial driver sys codec
interfaces := console init
host_sources := uart.cpp
$(eval $(build_program))
