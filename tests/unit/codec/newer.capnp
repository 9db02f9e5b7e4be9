@0xa3b4c5d6e7f80912;
# older.capnp after some years: every change is one that Cap'n Proto's rules allow.

using A = import "/interfaces/annotations.capnp";

struct NewItem {
  number @0 :UInt32;
  weight @1 :UInt32 = 50;
  label  @2 :Text;
}

enum NewKind { plain @0; special @1; secret @2; }

struct NewRecord {
  id      @0 :UInt32;
  items   @1 :List(NewItem);
  names   @2 :List(Named);
  kind    @3 :NewKind;
  comment @4 :Text = "no comment";
  extra   @5 :UInt64 = 5;

  struct Named { name @0 :Text; rank @1 :UInt32; }
}

struct Number { value @0 :UInt32; scale @1 :UInt32 = 1; }

interface NewCounter @0xc1d2e3f4a5b69780 {}

interface NewService @0xe8a9b0c1d2f3e475 {
  flat @0 (value :UInt64, factor :UInt64 = 2, name :Text) -> (value :UInt64, note :Text);
  wide @1 (a :UInt64, b :UInt64, c :UInt64, d :UInt64, e :UInt64 = 9) -> (a :UInt64, e :UInt64 = 7);
  record @2 NewRecord -> NewRecord;
  read @3 (offset :UInt64, buffer :Data $A.lease(out), more :Data $A.lease(out)) -> (count :UInt32);
  numbers @4 (values :List(Number)) -> (total :UInt32);
  open @5 (counter :NewCounter) -> (counter :NewCounter, other :NewCounter);
  added @6 () -> ();
}
