# Processes as POSIX has them: pids, parents, signals, pipes, terminals.
program := posix
libraries := program elf sys codec
host_sources := line_discipline.cpp timers.cpp
interfaces := posix file console init
$(eval $(build_program))
