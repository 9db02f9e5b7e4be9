@0x9f3c7a61b2d4e850;
# Everything that a struct may contain, for the tests of the codec. The official library reads it
# too, for comparison.

using Cxx = import "/capnp/c++.capnp";
$Cxx.namespace("official");

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
