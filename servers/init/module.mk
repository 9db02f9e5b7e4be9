# The first program: starts everything else.
program := init
sources := books.cpp end_report.cpp loader_server.cpp main.cpp process.cpp process_table.cpp \
    services.cpp starter.cpp starter_grants.cpp system_program.cpp
libraries := program elf codec
interfaces := devmgr init loader system
$(eval $(build_program))
