@0xc58e1f93b7d2046a;
# A ring between two processes: one program that makes its own.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "ring-test", image = "ring-test", priority = 10, memory = 16384, handles = 256,
    roots = ["log", "power"] ),
]);
