# What the drivers' servers need of lib/sys beside its own host_sources.
host_source_files += lib/sys/handle.cpp lib/sys/memory.cpp
