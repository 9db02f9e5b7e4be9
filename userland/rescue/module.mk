# The shell that is always there: commands of its own, and programs from the disk.
program := rescue
libraries := sys codec
interfaces := console file loader init posix volumes
host_sources := command_line.cpp key_decoder.cpp line_editor.cpp
$(eval $(build_program))
