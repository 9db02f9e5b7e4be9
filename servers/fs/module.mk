# The file server: one program, one folder for each file system.
program := fs
libraries := sys codec
interfaces := block file init volumes
portable_folders := cache ext4 tmpfs tree
host_sources := $(patsubst $(here)/%,%,$(wildcard $(portable_folders:%=$(here)/%/*.cpp))) \
    mapping/mapped_pages.cpp mapping/mapped_content.cpp
$(eval $(build_program))
