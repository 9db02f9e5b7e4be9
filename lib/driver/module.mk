# What drivers share: registers, DMA buffers, interrupts, virtqueues.
library := driver
host_sources := device.cpp dma.cpp parameters.cpp virtio/queue.cpp virtio/transport.cpp
$(eval $(build_library))
