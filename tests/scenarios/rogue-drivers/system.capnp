@0xd411e3f65e6d2baa;
# The whole system with three drivers of the random number device that do what they must not.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "devmgr", image = "devmgr", priority = 22, memory = 2048,
    roots = ["log", "devices", "deviceTree"],
    serves = ["devices"] ),

  ( name = "ns16550", image = "ns16550", priority = 20, memory = 1024,
    device = "ns16550a",
    roots = ["log"],
    serves = ["console"] ),

  ( name = "virtio-blk", image = "virtio-blk", priority = 20, memory = 2048,
    device = "virtio,mmio:2",
    roots = ["log"],
    serves = ["disk"] ),

  ( name = "fs", image = "fs", priority = 15, memory = 24576,
    roots = ["log"],
    uses = [(name = "disk", from = "virtio-blk", service = "disk")],
    serves = ["root", "volumes"] ),

  ( name = "beyond", image = "rogue-driver", priority = 20, memory = 1024, arguments = ["beyond"],
    device = "virtio,mmio:4", roots = ["log"] ),

  ( name = "neighbour", image = "rogue-driver", priority = 20, memory = 1024,
    arguments = ["neighbour"], device = "virtio,mmio:4", roots = ["log"] ),

  ( name = "endless", image = "rogue-driver", priority = 10, memory = 1024,
    arguments = ["endless"], device = "virtio,mmio:4", roots = ["log"] ),

  ( name = "shell", image = "rescue", priority = 10, memory = 65536,
    roots = ["log"],
    uses = [(name = "console", from = "ns16550", service = "console"),
            (name = "root", from = "fs", service = "root"),
            (name = "loader", from = "init", service = "loader"),
            (name = "power", from = "init", service = "power")],
    children = [(name = "console", from = "ns16550", service = "console"),
                (name = "root", from = "fs", service = "root")] ),
]);
