# Ends servers/posix when it is told to.
program := posix-ender
libraries := sys codec
interfaces := file init
$(eval $(build_program))
