@0xa0c1ec86c99cbf03;
# What runs, what each program may touch, and who knows whom. Evaluated at build time; init starts
# exactly this, but for drivers whose devices the machine does not have. Memory is in KiB; larger
# priorities run first.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "devmgr", image = "devmgr", priority = 22, memory = 2048,
    roots = ["log", "devices", "deviceTree"],
    serves = ["devices"] ),

  ( name = "ns16550", image = "ns16550", priority = 20, memory = 1024,
    device = "ns16550a",
    roots = ["log"], restart = true,
    serves = ["console"] ),

  ( name = "sifive-uart", image = "sifive-uart", priority = 20, memory = 1024,
    device = "sifive,uart0",
    roots = ["log"], restart = true,
    serves = ["console"] ),

  ( name = "virtio-blk", image = "virtio-blk", priority = 20, memory = 2048,
    device = "virtio,mmio:2",
    roots = ["log"], restart = true,
    serves = ["disk"] ),

  ( name = "goldfish-rtc", image = "goldfish-rtc", priority = 20, memory = 1024,
    device = "google,goldfish-rtc",
    roots = ["log"], restart = true,
    serves = ["clock", "clock-setting"] ),

  ( name = "virtio-rng", image = "virtio-rng", priority = 20, memory = 1024,
    device = "virtio,mmio:4",
    roots = ["log"], restart = true,
    serves = ["random"] ),

  ( name = "fs", image = "fs", priority = 15, memory = 24576,
    roots = ["log"], restart = true,
    uses = [(name = "disk", from = "virtio-blk", service = "disk"),
            (name = "clock", service = "clock", optional = true)],
    serves = ["root", "volumes"] ),

  ( name = "posix", image = "posix", priority = 14, memory = 24576, share = 90, handles = 8192,
    roots = ["log", "archive"], restart = true,
    uses = [(name = "root", from = "fs", service = "root"),
            (name = "console", service = "console"),
            (name = "clock", service = "clock", optional = true),
            (name = "random", service = "random", optional = true),
            (name = "volumes", from = "fs", service = "volumes", optional = true),
            (name = "names", from = "init", service = "names")],
    serves = ["processes"] ),

  ( name = "shell", image = "rescue", priority = 10, memory = 40960,
    roots = ["log"], restart = true,
    uses = [(name = "console", service = "console"),
            (name = "root", from = "fs", service = "root", optional = true),
            (name = "loader", from = "init", service = "loader"),
            (name = "volumes", from = "fs", service = "volumes", optional = true),
            (name = "power", from = "init", service = "power"),
            (name = "programs", from = "init", service = "programs"),
            (name = "processes", from = "posix", service = "processes", optional = true)],
    children = [(name = "console", service = "console"),
                (name = "root", from = "fs", service = "root", optional = true),
                (name = "clock", service = "clock", optional = true),
                (name = "random", service = "random", optional = true)] ),
]);
