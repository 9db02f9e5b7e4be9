@0xc47be2910d5f83a6;
# All file systems of a machine together, for who is about to switch it off.

using A = import "annotations.capnp";

interface Volumes @0x9e1d30c8b7a4562f {
  freeze @0 () -> () $A.idempotent $A.errors([ioError, corrupt]);
  # Everything is on the disks, what has lost its name is freed though it is still open, and the
  # volumes are clean. From then on nothing changes: whoever tries gets readOnly, until the machine is
  # started again. After an error it is as it was.
}
