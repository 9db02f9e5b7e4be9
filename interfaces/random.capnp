@0xc7b90e4415a2d683;
# Random numbers that nobody can predict.

using A = import "annotations.capnp";

interface Random @0x9e6a3bd07c1f5824 {
  fill @0 (buffer :Data $A.lease(out)) -> (count :UInt32)
      $A.idempotent $A.errors([busy, ioError]);
  # Waits until at least one byte is there; `count` may be less than the length offered. Each byte
  # is given to one client only.
}
