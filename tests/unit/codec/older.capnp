@0xd2c5a7b8e9f01324;
# An interface as it was first published; newer.capnp is a later version of the same.

using A = import "/interfaces/annotations.capnp";

struct OldItem {
  number @0 :UInt32;
}

enum OldKind { plain @0; special @1; }

struct OldRecord {
  id    @0 :UInt32;
  items @1 :List(OldItem);
  names @2 :List(Text);
  kind  @3 :OldKind;
}

interface OldCounter @0xc1d2e3f4a5b69780 {}

interface OldService @0xe8a9b0c1d2f3e475 {
  flat @0 (value :UInt64) -> (value :UInt64);
  wide @1 (a :UInt64, b :UInt64, c :UInt64, d :UInt64) -> (a :UInt64);
  record @2 OldRecord -> OldRecord;
  read @3 (offset :UInt64, buffer :Data $A.lease(out)) -> (count :UInt32);
  numbers @4 (values :List(UInt32)) -> (total :UInt32);
  open @5 () -> (counter :OldCounter);
}
