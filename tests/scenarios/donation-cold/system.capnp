@0x9c6d4be1837fa205;
# One client of the file server, with a big file on the disk that nobody has read yet.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "devmgr", image = "devmgr", priority = 22, memory = 2048,
    roots = ["log", "devices", "deviceTree"],
    serves = ["devices"] ),

  ( name = "virtio-blk", image = "virtio-blk", priority = 20, memory = 2048,
    device = "virtio,mmio:2",
    roots = ["log"],
    serves = ["disk"] ),

  ( name = "fs", image = "fs", priority = 15, memory = 24576,
    roots = ["log"],
    uses = [(name = "disk", from = "virtio-blk", service = "disk")],
    serves = ["root", "volumes"] ),

  ( name = "client", image = "donation-cold", priority = 10, memory = 4096,
    roots = ["log", "power"],
    uses = [(name = "root", from = "fs", service = "root"),
            (name = "loader", from = "init", service = "loader")],
    arguments = ["cold", "new"] ),
]);
