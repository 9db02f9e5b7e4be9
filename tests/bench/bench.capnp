@0xd28093139b0a216c;
# What the benchmarks call.

using A = import "/interfaces/annotations.capnp";
using K = import "/interfaces/kernel.capnp";

interface Bench @0xfb1896f1dd7bb1b3 {
  nothing @0 () -> ();
  copy @1 (data :Data $A.lease(in)) -> ();
  # The server copies all of it.

  paged @2 () -> (memory :K.Memory);
  # Memory whose pages the server brings in, each once.

  watch @3 (notification :K.Notification, page :K.Memory) -> ();
  # A thread of a higher priority than the client's waits for the notification, and writes down
  # each time what the hart's counter of instructions says.
}
