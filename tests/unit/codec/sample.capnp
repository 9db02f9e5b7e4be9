@0xc6f1d8a94b7e2301;
# Everything that an interface may contain, for the tests of the codec and of the stubs.

using A = import "/interfaces/annotations.capnp";
using K = import "/interfaces/kernel.capnp";
using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("official");

const limit :UInt32 = 4096;
const greeting :Text = "good \"day\"";

enum Color { red @0; darkGreen @1; blue @2; }

struct Scalars {
  flag    @0 :Bool;
  set     @1 :Bool = true;
  tiny    @2 :Int8 = -3;
  byte    @3 :UInt8;
  short   @4 :Int16 = -300;
  port    @5 :UInt16 = 80;
  signed  @6 :Int32;
  count   @7 :UInt32 = 100000;
  large   @8 :Int64 = -5000000000;
  size    @9 :UInt64;
  ratio   @10 :Float32 = 0.5;
  exact   @11 :Float64 = -1.25;
  color   @12 :Color = blue;
}

struct Leaf {
  number @0 :UInt32 = 7;
  name   @1 :Text;
}

struct Tree {
  name     @0 :Text;
  branches @1 :List(Tree);
}

struct Empty {}

struct Everything {
  scalars @0 :Scalars;
  text    @1 :Text = "none";
  data    @2 :Data;
  bits    @3 :List(Bool);
  bytes   @4 :List(UInt8);
  shorts  @5 :List(Int16);
  ints    @6 :List(UInt32);
  longs   @7 :List(UInt64);
  doubles @8 :List(Float64);
  colors  @9 :List(Color);
  texts   @10 :List(Text);
  blobs   @11 :List(Data);
  leaves  @12 :List(Leaf);
  leaf    @13 :Leaf;
  tree    @14 :Tree;
  nothing @15 :Void;
  empties @16 :List(Empty);
}

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
  scalars @2 Scalars -> Scalars;
  join @3 (left :Text, right :Text) -> (text :Text);
  sum @4 (values :List(UInt64)) -> (total :UInt64, count :UInt32);
  describe @5 Everything -> (text :Text);
  sample @6 (seed :UInt32) -> Everything;
  make @7 (start :UInt64) -> (counter :Counter);
  combine @8 (first :Counter, second :Counter) -> (total :UInt64);
  tools @9 Tools -> Tools;
  fill @10 (seed :UInt8, buffer :Data $A.lease(out)) -> (count :UInt64) $A.idempotent;
  digest @11 (data :Data $A.lease(in), name :Text) -> (sum :UInt64);
  move @12 (source :Data $A.lease(in), target :Data $A.lease(out)) -> ();
  later @13 (value :UInt64) -> (value :UInt64);
}

interface Extended @0xf7c3a1b5d9e08264 extends(Sample) {
  more @0 (value :UInt64) -> (value :UInt64);
}
