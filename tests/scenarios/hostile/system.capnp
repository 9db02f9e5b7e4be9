@0xf90b6d2ce81a7354;
# Hostile processes for a while.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "hostile", image = "hostile", priority = 12, memory = 65536, handles = 1024,
    roots = ["log", "power"], arguments = ["200000"] ),
]);
