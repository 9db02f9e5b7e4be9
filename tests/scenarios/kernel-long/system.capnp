@0x9b4e0d27c86f1a35;
# The kernel's tests, with long stress cases.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "kernel-test", image = "kernel-test", priority = 24, memory = 98304, handles = 1024,
    roots = ["log", "power"], arguments = ["long"] ),
]);
