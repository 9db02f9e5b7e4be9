@0x810585e7a9680a0b;
# The disk driver with one client that checks it; the client powers the machine off.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "devmgr", image = "devmgr", priority = 22, memory = 2048,
    roots = ["log", "devices", "deviceTree"],
    serves = ["devices"] ),

  ( name = "virtio-blk", image = "virtio-blk", priority = 20, memory = 2048,
    device = "virtio,mmio:2",
    roots = ["log"],
    serves = ["disk"] ),

  ( name = "block-client", image = "block-client", priority = 10, memory = 8192,
    roots = ["log", "power"],
    uses = [(name = "disk", from = "virtio-blk", service = "disk")] ),
]);
