@0xb45214f70adc46d8;
# Devices by kind. devmgr serves this to init alone, and init hands what it gets to the driver that
# the manifest lists for the kind; a driver never talks to devmgr.

using A = import "annotations.capnp";
using K = import "kernel.capnp";

struct Device {
  registers    @0 :K.Memory;         # grant "registers"; the pages that hold the device's registers
  interrupt    @1 :K.Interrupt;      # grant "interrupt"
  notification @2 :K.Notification;   # grant "notification"; the interrupt sets its bit 0
  dma          @3 :K.DmaSpace;       # grant "dma"
  memory       @5 :K.Memory;
  # Grant "memory": 64 KiB, contiguous, for what driver and device tell each other. It is devmgr's,
  # so a device that a dead driver left running writes into nobody else's memory until it is reset.
  parameters   @4 :Text;
  # What else the driver needs to know, as one program argument: "name=value" separated by spaces,
  # numbers in decimal. registers-offset and registers-bytes (where in the pages the registers are);
  # reg-shift, reg-io-width, clock-frequency, current-speed where the device tree has them.
}

interface DeviceManager @0xb9a66424f0c661f5 {
  claim @0 (kind :Text, index :UInt32) -> Device
      $A.errors([notFound, badArgument, ioError]);
  # The device number `index`, from 0, of a kind: a compatible string of the device tree
  # ("ns16550a") or, for virtio, one with the number of the device type ("virtio,mmio:2", a disk).
  # Claiming it again takes it away from whoever had it: the device is reset first, so that it
  # no longer writes to the memory of a driver that has died.
}
