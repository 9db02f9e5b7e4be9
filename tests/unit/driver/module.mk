# What the drivers' servers need of lib/sys.
host_source_files += $(addprefix lib/sys/,answer.cpp handle.cpp incoming_message.cpp lease.cpp \
    memory.cpp received_handles.cpp)
