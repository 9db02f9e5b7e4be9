@0xc1f2a07d3be95864;
# How long clients of high priority wait for a server that works for others.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "inversion", image = "inversion", priority = 12, memory = 8192, handles = 256,
    roots = ["log", "power"] ),
]);
