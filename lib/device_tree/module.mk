# Reads flattened device trees; the kernel, devmgr and init use it.
library := device_tree
host_sources := blob.cpp node.cpp node_addresses.cpp interrupts.cpp property.cpp tree.cpp
$(eval $(build_library))
