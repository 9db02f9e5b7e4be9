# Finds devices and gives init what their drivers need.
program := devmgr
libraries := driver device_tree sys codec
interfaces := devmgr init
host_sources := finder.cpp kind.cpp
$(eval $(build_program))
