@0xe6657408f7b2a4cb;
# Starts programs. The child is paid from the quota of the process that the caller names; it reads
# its own file, so nobody but itself waits for the server that the file is on.

using A = import "annotations.capnp";
using K = import "kernel.capnp";
using F = import "file.capnp";

const startFailure :UInt64 = 0x10000;
# A child that could not be loaded exits with this plus the number of the status that says why:
# badExecutable for a file that is no program, ioError, noMemory and so on.

struct MachineMemory {
  # In bytes.
  total  @0 :UInt64;   # what the kernel manages
  free   @1 :UInt64;
  kernel @2 :UInt64;   # the kernel's image and boot data
}

enum EndReason { running @0; exited @1; killed @2; exception @3; }

struct End {
  reason    @0 :EndReason;
  exitCode  @1 :UInt64;    # exited, killed
  cause     @2 :UInt64;    # exception: scause
  address   @3 :UInt64;    # stval
  pc        @4 :UInt64;
  outOfMemory @5 :Bool;    # exception: the quota had no page for the address
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

struct Visit {
  # CPU time that the slices of a process spent in one process: itself, or one that it called.
  name  @0 :Text;     # of that process; empty: of all that are not named here
  ticks @1 :UInt64;   # a sample: see abi::Visit
}

interface Loader @0xb163af1af64cdd3e {
  start @0 (file :F.File, name :Text, arguments :List(Text), payer :K.Process, quota :UInt64)
      -> (child :Child) $A.errors([badArgument, tooLarge]);
  # `quota` in bytes comes out of the payer's. The child gets what the caller's manifest entry
  # lists under `children`. `arguments` start after the program's name. tooLarge: more arguments
  # than fit.

  books @1 (index :UInt32) -> Books $A.idempotent $A.errors([notFound]);
  # Row `index`, from 0, of all processes; row 0 is the kernel. notFound is the end.

  memory @2 () -> MachineMemory $A.idempotent;

  visit @3 (id :UInt32, place :UInt32) -> Visit $A.idempotent $A.errors([notFound]);
  # Where the time of the process with this row went, from place 0 on. notFound is the end.
}

interface Child @0xedf5c4cf493859a0 {
  # A program that was started. Dropping this capability kills it.
  wait @0 () -> End $A.idempotent;
  # Answered when the child has ended.
  kill @1 () -> () $A.idempotent;
  id @2 () -> (id :UInt32) $A.idempotent;
  # The number of its row in the books.
  state @3 () -> End $A.idempotent;
  # The same as `wait`, at once: running as long as it has not ended.
  notifyEnd @4 (notification :K.Notification, bits :UInt64) -> ();
  # Signals `bits` when the child has ended, at once if it has. The last caller decides.
}
