# What drivers share: registers, DMA buffers, interrupts, virtqueues.
library := driver
host_sources := virtio/queue.cpp
$(eval $(build_library))
