@0xe5d8b36a42c7f019;
# The same with a kernel that does not lend slices.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "inversion", image = "inversion", priority = 12, memory = 8192, handles = 256,
    roots = ["log", "power"] ),
]);
