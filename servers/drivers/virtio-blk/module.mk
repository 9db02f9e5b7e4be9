# The disk driver.
program := virtio-blk
libraries := driver sys codec
interfaces := block init
host_sources := attached_buffer.cpp block_server.cpp completion.cpp disk.cpp
$(eval $(build_program))
