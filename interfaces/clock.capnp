@0xa3d1c5f2907be846;
# The time of day, from a clock that goes on while the machine is off.

using A = import "annotations.capnp";

interface Clock @0xd8f40b6c21a79e35 {
  now @0 () -> (nanoseconds :UInt64) $A.idempotent;
  # Since 1970, UTC. Whoever needs it often asks once and counts on from there by itself.
}

interface ClockSetting @0xb5279e03d4c816fa {
  # Apart from Clock: few may change what all believe.
  set @0 (nanoseconds :UInt64) -> () $A.idempotent;
}
