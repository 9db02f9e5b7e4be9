@0xd3f1c06a9e7b4825;
# The shell, whose console types commands about a big file that nobody has read yet.

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

  ( name = "console", image = "donation-console", priority = 20, memory = 1024,
    roots = ["log", "power"],
    uses = [(name = "loader", from = "init", service = "loader")],
    serves = ["console"],
    arguments = ["cat cold", "cp cold new", "sync"] ),

  ( name = "shell", image = "rescue", priority = 10, memory = 65536,
    roots = ["log"],
    uses = [(name = "console", from = "console", service = "console"),
            (name = "root", from = "fs", service = "root"),
            (name = "loader", from = "init", service = "loader"),
            (name = "power", from = "init", service = "power")] ),
]);
