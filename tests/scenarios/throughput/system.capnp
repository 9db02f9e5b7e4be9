@0xe2b7d05f18c3964a;
# How much two harts do beside one: one program that makes its own processes.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "throughput", image = "throughput", priority = 24, memory = 65536, handles = 256,
    roots = ["log", "power"] ),
]);
