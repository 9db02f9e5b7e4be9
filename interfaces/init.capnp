@0xaed2674650052f0f;
# What init offers to the programs that it started. The grant is called "init", and each program
# has one of its own: init knows who calls.

using A = import "annotations.capnp";
using K = import "kernel.capnp";

interface Init @0xb2e6bd68d2fbd294 {
  publish @0 (service :Text, endpoint :K.Endpoint) -> ()
      $A.errors([notGranted, alreadyExists, badArgument]);
  # Offers `endpoint` to the programs whose manifest entry uses `service` from the caller; they are
  # started once everything that they use is there. notGranted: the caller's entry does not list
  # the service under `serves`; init's log names it.

  find @1 (use :Text) -> (endpoint :K.Endpoint) $A.idempotent $A.errors([notGranted, notFound]);
  # The endpoint that the caller's manifest entry calls `use`, as it is now. While its server is
  # being started again, waits. Stubs ask when a server has died. notGranted: the entry has no such
  # use; notFound: the server will not come back.
}

interface Programs @0xc41f7e2d90a3b586 {
  end @0 (name :Text) -> () $A.errors([notFound]);
  # Kills the running program of that name in the system manifest; one that is to be restarted is.
}

interface ProcessNames @0xfe330d5907717621 {
  name @0 (number :UInt64) -> (name :Text) $A.idempotent $A.errors([notFound]);
  # Of the program of init's that has this ProcessInfo::number.
}

interface Power @0x924462f9fd608a5a {
  # File systems are not asked to write back what they hold: sync them first.
  off @0 () -> ();
  reboot @1 () -> ();
}
