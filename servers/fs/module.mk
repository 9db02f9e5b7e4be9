# The file server: one program, one folder for each file system.
program := fs
libraries := sys codec
interfaces := block file init
host_sources := $(patsubst $(here)/%,%,$(wildcard $(here)/cache/*.cpp $(here)/ext4/*.cpp $(here)/tree/*.cpp))
$(eval $(build_program))
