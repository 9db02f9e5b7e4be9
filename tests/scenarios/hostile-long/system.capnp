@0x8ad2c7e45f1b3096;
# Hostile processes for an hour or more.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "hostile", image = "hostile", priority = 12, memory = 65536, handles = 1024,
    roots = ["log", "power"], arguments = ["10000000"] ),
]);
