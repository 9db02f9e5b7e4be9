@0xc29a21e03d635dbc;
# Two processes for `make bench`: one calls, the other answers; and the file server with its disk.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "bench-server", image = "bench-server", priority = 11, memory = 6144,
    serves = ["raw", "raw-fp", "stub"], roots = ["log"] ),

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

  ( name = "bench-client", image = "bench-client", priority = 10, memory = 2048,
    uses = [(name = "raw", from = "bench-server", service = "raw"),
            (name = "raw-fp", from = "bench-server", service = "raw-fp"),
            (name = "stub", from = "bench-server", service = "stub"),
            (name = "root", from = "fs", service = "root")],
    roots = ["log", "power"] ),
]);
