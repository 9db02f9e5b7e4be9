# The driver of a virtio entropy device.
program := virtio-rng
libraries := driver sys codec
interfaces := random init
host_sources := entropy_source.cpp random_server.cpp
$(eval $(build_program))
