@0xee2bb2a14b99c3d5;
# A character device: bytes in, bytes out, no line discipline.

using A = import "annotations.capnp";
using K = import "kernel.capnp";

interface Console @0xca51034102ee6c25 {
  read @0 (buffer :Data $A.lease(out)) -> (count :UInt32) $A.idempotent;
  # Waits until at least one byte is there. Each byte goes to one reader.

  write @1 (data :Data $A.lease(in)) -> (count :UInt32);
  # Answered when the device has taken the bytes; `count` may be less than the length offered.

  interruptOn @2 (notification :K.Notification) -> ();
  # From now on a ^C that is typed is not read by anybody: it signals bit 0 of the notification at
  # once. Without a notification it is a byte like any other again. The last caller decides.

  stopReading @3 () -> ();
  # Every read that waits is answered `interrupted`.
}
