# A service and its client in as few lines as they take; tests/scenarios/echo runs them.
program    := echo-server
sources    := server.cpp
interfaces := tests/echo/echo
libraries  := sys codec
$(eval $(build_program))

program    := echo-client
sources    := client.cpp
interfaces := tests/echo/echo
libraries  := sys codec
$(eval $(build_program))
