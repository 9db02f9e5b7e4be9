@0xa010e8383744c8c3;
# Block devices: numbered blocks of one size. Data moves by DMA between the device and a buffer of
# the client's that was attached before; messages only say where it is.

using A = import "annotations.capnp";
using K = import "kernel.capnp";

struct Geometry {
  blockCount @0 :UInt64;
  blockSize  @1 :UInt32;   # bytes; a power of two, at least 512, at most 4096
  readOnly   @2 :Bool;
}

struct Transfer {
  firstBlock @0 :UInt64;
  pages      @1 :List(UInt32);
  # 4 KiB pages of the attached buffer, in the order of the blocks: 1 to 64 of them. They move
  # pages.length * 4096 / blockSize blocks.
}

interface BlockDevice @0xed958d054ce8584a {
  # One disk, or one partition of it. A restarted server has lost its buffers: a transfer then fails
  # with `restarted`. Attach again, then repeat it.

  geometry @0 () -> Geometry $A.idempotent;
  # Does not change while the client holds the capability.

  attach @1 (buffer :K.Memory) -> () $A.errors([busy]);
  # Lends `buffer` (it needs the right `dma`) for transfers until the client goes away.

  read @2 Transfer -> () $A.errors([badArgument, outOfRange, ioError]);

  write @3 Transfer -> () $A.errors([badArgument, outOfRange, readOnly, ioError]);
  # Answered when the device has accepted the data, not when it is durable.

  flush @4 () -> () $A.idempotent $A.errors([ioError]);
  # Answered when every write answered before it is durable.
}
