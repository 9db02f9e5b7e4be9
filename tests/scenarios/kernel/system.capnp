@0xd1c7a3e85b90f642;
# The kernel's tests: one program that makes its own processes.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "kernel-test", image = "kernel-test", priority = 24, memory = 65536, handles = 1024,
    roots = ["log", "power"] ),
]);
