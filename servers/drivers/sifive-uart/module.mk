# The driver of the serial lines of SiFive's chips.
program := sifive-uart
libraries := serial driver sys codec
interfaces := console init
host_sources := sifive_uart.cpp
$(eval $(build_program))
