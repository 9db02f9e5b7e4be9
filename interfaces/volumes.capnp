@0xc47be2910d5f83a6;
# All file systems of a machine together, for who is about to switch it off; and the disk below.

using A = import "annotations.capnp";

interface Volumes @0x9e1d30c8b7a4562f {
  freeze @0 () -> () $A.idempotent $A.errors([ioError, corrupt]);
  # Everything is on the disks, what has lost its name is freed though it is still open, and the
  # volumes are clean. From then on nothing changes: whoever tries gets readOnly, until the machine is
  # started again. After an error it is as it was.

  readDisk @1 (offset :UInt64, buffer :Data $A.lease(out)) -> (count :UInt32)
      $A.idempotent $A.errors([ioError]);
  # Bytes of the disk that the first volume is on, as they will be once all is written that has
  # changed; counts of what is free may be older. A count of 0 is the end.
  diskSize @2 () -> (bytes :UInt64) $A.idempotent;
}
