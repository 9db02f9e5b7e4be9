@0xc29a21e03d635dbc;
# Two processes for `make bench`: one calls, the other answers.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "bench-server", image = "bench-server", priority = 10, memory = 6144,
    serves = ["raw", "stub"], roots = ["log"] ),

  ( name = "bench-client", image = "bench-client", priority = 10, memory = 2048,
    uses = [(name = "raw", from = "bench-server", service = "raw"),
            (name = "stub", from = "bench-server", service = "stub")],
    roots = ["log", "power"] ),
]);
