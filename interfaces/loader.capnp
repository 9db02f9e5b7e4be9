@0xe6657408f7b2a4cb;
# Starts programs. The child is paid from the quota of the process that the caller names.

using A = import "annotations.capnp";
using K = import "kernel.capnp";
using F = import "file.capnp";

enum EndReason { running @0; exited @1; killed @2; exception @3; }

struct End {
  reason    @0 :EndReason;
  exitCode  @1 :UInt64;    # exited, killed
  cause     @2 :UInt64;    # exception: scause
  address   @3 :UInt64;    # stval
  pc        @4 :UInt64;
}

struct Books {
  # One row of `ps`. Times are CPU cycles.
  id          @0 :UInt32;
  ownCycles   @1 :UInt64;   # on the process's own slices
  lentCycles  @2 :UInt64;   # lent by callers
  usedBytes   @3 :UInt64;
  quotaBytes  @4 :UInt64;
  threads     @5 :UInt32;
  events      @6 :UInt64;
  quantaWaited @8 :UInt64;
  name        @7 :Text;
}

interface Loader @0xb163af1af64cdd3e {
  start @0 (file :F.File, name :Text, arguments :List(Text), payer :K.Process, quota :UInt64)
      -> (child :Child) $A.errors([badArgument, tooLarge]);
  # `quota` in bytes comes out of the payer's. The child gets what the caller's manifest entry
  # lists under `children`. A file that is no program ends the child with badExecutable.

  books @1 (index :UInt32) -> Books $A.idempotent $A.errors([notFound]);
  # Row `index`, from 0, of all processes; row 0 is the kernel. notFound is the end.
}

interface Child @0xedf5c4cf493859a0 {
  # Dropping it kills the child.
  wait @0 () -> End $A.idempotent;
  # Answered when the child has ended.
  kill @1 () -> () $A.idempotent;
}
