# The disk driver.
program := virtio-blk
libraries := driver sys codec
interfaces := block init
host_sources := disk.cpp
$(eval $(build_program))
