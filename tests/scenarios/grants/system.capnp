@0xdbc37e9711d7c893;
# Programs that want more than the manifest gives them, and one that looks on and powers off.

using import "/interfaces/system.capnp".System;

const system :System = (programs = [
  ( name = "asks", image = "grants-program", priority = 10, memory = 1024, arguments = ["ask"],
    roots = ["log"], serves = ["answer"] ),

  ( name = "claims", image = "grants-program", priority = 10, memory = 1024, arguments = ["claim"],
    roots = ["log"], serves = ["modest"] ),

  ( name = "jumps", image = "grants-program", priority = 10, memory = 1024, arguments = ["jump"],
    roots = ["log"], serves = ["jump"] ),

  ( name = "needs", image = "grants-program", priority = 10, memory = 1024, arguments = ["ask"],
    roots = ["log"],
    uses = [(name = "answer", from = "asks", service = "answer")] ),

  # Starts when the others cannot serve any more.
  ( name = "ends", image = "grants-program", priority = 10, memory = 1024, arguments = ["end"],
    roots = ["log", "power"],
    uses = [(name = "answer", from = "asks", service = "answer", optional = true),
            (name = "modest", from = "claims", service = "modest", optional = true),
            (name = "jump", from = "jumps", service = "jump", optional = true)] ),
]);
