@0x94261b66f6e0d217;
# The kernel's own objects, so that they can be passed as capabilities in any interface.

using A = import "annotations.capnp";

interface Memory @0xd609254c3b9fdf64 $A.kernelObject {}
interface Notification @0xc9d3cbb5c709eb62 $A.kernelObject {}
interface Process @0xce6e8cd270d79f2c $A.kernelObject {}
interface Thread @0xf3a58d1c04b7e962 $A.kernelObject {}
interface Interrupt @0x81561f40e5b4ace2 $A.kernelObject {}
interface DmaSpace @0xfa1cde13909f0d26 $A.kernelObject {}
interface Root @0xb654217fa675308c $A.kernelObject {}

interface Endpoint @0x9d811991766cbacf $A.kernelObject {}
# An endpoint of any interface, where it is only passed on.
