@0xd0b7e1a94c3f5826;
# A client of the file server that checks what it promises of open files and of users.

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

  ( name = "files-client", image = "files-client", priority = 10, memory = 2048,
    uses = [(name = "root", from = "fs", service = "root")],
    roots = ["log", "power"] ),
]);
