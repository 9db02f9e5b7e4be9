@0xf3a7c59d0b1e2468;
# The echo server and its client.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "echo-server", image = "echo-server", priority = 12, memory = 1024,
    roots = ["log"],
    serves = ["echo"] ),

  ( name = "echo-client", image = "echo-client", priority = 10, memory = 1024,
    roots = ["log"],
    uses = [(name = "echo", from = "echo-server", service = "echo")],
    arguments = ["Baton", "passes it on"] ),
]);
