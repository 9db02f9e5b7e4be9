# The first program: starts everything else.
program := init
sources := archive.cpp books.cpp end_report.cpp loader_server.cpp main.cpp process.cpp \
    process_builder.cpp process_table.cpp services.cpp starter.cpp starter_grants.cpp \
    system_program.cpp
libraries := elf codec
interfaces := devmgr init loader system
$(eval $(build_program))
