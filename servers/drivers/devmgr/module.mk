# Finds devices and gives init what their drivers need.
program := devmgr
libraries := driver device_tree sys codec
interfaces := devmgr init
host_sources := claimed_device.cpp device_server.cpp finder.cpp kind.cpp mapped_slots.cpp
$(eval $(build_program))
