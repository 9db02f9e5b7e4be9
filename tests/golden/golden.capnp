@0xc9f7e1b5a3d28640;
# What the generator makes of a small schema. golden.hpp.expected is its output; after an intended
# change, `make golden-update` writes it again and the difference is reviewed with the change.

using A = import "/interfaces/annotations.capnp";
using K = import "/interfaces/kernel.capnp";

const maxNameBytes :UInt32 = 255;

enum Colour { red @0; lightBlue @1; }

struct Point {
  x @0 :Int32;
  y @1 :Int32 = -1;
  colour @2 :Colour = lightBlue;
}

struct Shape {
  # A named outline.
  name   @0 :Text;
  points @1 :List(Point);
  hidden @2 :Bool;
}

interface Canvas @0x9ec27d8f5b1a3064 {
  # Something to draw on.
  size @0 () -> Point $A.idempotent;
  draw @1 Shape -> (id :UInt32) $A.errors([noSpace, tooLarge]);
  # Shapes are drawn in the order of their ids.
  pixels @2 (first :UInt64, target :Data $A.lease(out)) -> (count :UInt64) $A.idempotent;
  share @3 (memory :K.Memory) -> ();
  layer @4 (name :Text) -> (canvas :Canvas);
}

interface Window @0xd4a8c6e2f0b19375 extends(Canvas) {
  close @0 () -> ();
  resize @1 (width :UInt32, keepContent :Bool = false, border :UInt16 = 1) -> ();
}
