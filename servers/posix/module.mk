# Processes as POSIX has them: pids, parents, signals, pipes, terminals.
program := posix
libraries := program elf sys codec
host_sources := line_discipline.cpp random_numbers.cpp timers.cpp
interfaces := posix file console init random
$(eval $(build_program))
