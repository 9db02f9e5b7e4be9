@0xc6f1d8a94b7e2301;
# Everything that an interface may contain, for the tests of the stubs.

using A = import "/interfaces/annotations.capnp";
using K = import "/interfaces/kernel.capnp";
using E = import "everything.capnp";

const limit :UInt32 = 4096;
const greeting :Text = "good \"day\"";

interface Counter @0xb5d1c0e7f2a39486 {
  add @0 (amount :UInt64) -> (total :UInt64) $A.errors([outOfRange]);
}

struct Tools {
  counter @0 :Counter;
  memory  @1 :K.Memory;
  label   @2 :Text;
}

interface Sample @0xa8e2f4c6d0b19375 {
  nothing @0 () -> ();
  add @1 (left :Int32, right :Int32) -> (sum :Int32) $A.idempotent $A.errors([outOfRange]);
  scalars @2 E.Scalars -> E.Scalars;
  join @3 (left :Text, right :Text) -> (text :Text);
  sum @4 (values :List(UInt64)) -> (total :UInt64, count :UInt32);
  describe @5 E.Everything -> (text :Text);
  sample @6 (seed :UInt32) -> E.Everything;
  make @7 (start :UInt64) -> (counter :Counter) $A.errors([ioError]);
  combine @8 (first :Counter, second :Counter) -> (total :UInt64) $A.errors([outOfRange, ioError]);
  tools @9 Tools -> Tools;
  fill @10 (seed :UInt8, buffer :Data $A.lease(out)) -> (count :UInt64) $A.idempotent;
  digest @11 (data :Data $A.lease(in), name :Text) -> (sum :UInt64);
  move @12 (source :Data $A.lease(in), target :Data $A.lease(out)) -> ();
  later @13 (value :UInt64) -> (value :UInt64);
  relay @14 (text :Text) -> (text :Text);
}

interface Extended @0xf7c3a1b5d9e08264 extends(Sample) {
  more @0 (value :UInt64) -> (value :UInt64);
}
