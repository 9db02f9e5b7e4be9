@0xc63f0a98d17b25e4;
# The kernel's tests, all of them on any number of harts.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "kernel-test", image = "kernel-test", priority = 24, memory = 65536, handles = 1024,
    roots = ["log", "power"], arguments = ["all"] ),
]);
