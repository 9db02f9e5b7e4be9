@0xd58e20b7f4913ac6;
# The scenario "donation", but with calls that run on the file server's own slice, as they would in a
# system without lending. Fewer of them, because each one waits.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "devmgr", image = "devmgr", priority = 22, memory = 2048,
    roots = ["log", "devices", "deviceTree"],
    serves = ["devices"] ),

  ( name = "virtio-blk", image = "virtio-blk", priority = 20, memory = 2048,
    device = "virtio,mmio:2",
    roots = ["log"],
    serves = ["disk"] ),

  ( name = "fs", image = "fs", priority = 10, memory = 24576,
    roots = ["log"],
    uses = [(name = "disk", from = "virtio-blk", service = "disk")],
    serves = ["root", "volumes"], arguments = ["--own-slice"] ),

  ( name = "hog-1", image = "donation-hog", priority = 10, memory = 1024,
    uses = [(name = "root", from = "fs", service = "root")] ),

  ( name = "hog-2", image = "donation-hog", priority = 10, memory = 1024,
    uses = [(name = "root", from = "fs", service = "root")] ),

  ( name = "client", image = "donation-client", priority = 10, memory = 4096,
    roots = ["log", "power"],
    uses = [(name = "root", from = "fs", service = "root"),
            (name = "loader", from = "init", service = "loader")],
    arguments = ["measured", "25"] ),
]);
