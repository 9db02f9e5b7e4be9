@0xb7d3e60a15f4c298;
# Nested calls of which somebody dies, 200 times each: one program that makes its own processes.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "kills", image = "kills", priority = 24, memory = 65536, handles = 1024,
    roots = ["log", "power"], arguments = ["200"] ),
]);
