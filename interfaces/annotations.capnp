@0xefecdec04fa6dd01;
# What an interface may promise beyond types. The stub generator checks these.

enum Status {
  # The same list as abi/status.def, in the same order; a unit test compares them.
  ok @0;
  badHandle @1;
  wrongType @2;
  noRight @3;
  badArgument @4;
  badMessage @5;
  noMemory @6;
  busy @7;
  timedOut @8;
  peerDied @9;
  notFound @10;
  outOfRange @11;
  readOnly @12;
  ioError @13;
  notSupported @14;
  badAddress @15;
  deadlock @16;
  interrupted @17;
  cancelled @18;
  revoked @19;
  badMethod @20;
  noHandles @21;
  leaseFault @22;
  alreadyExists @23;
  isDirectory @24;
  notADirectory @25;
  notEmpty @26;
  noSpace @27;
  nameTooLong @28;
  corrupt @29;
  badExecutable @30;
  notGranted @31;
  restarted @32;
  tooLarge @33;
  badReply @34;
  noBudget @35;
  notPermitted @36;
  noProcess @37;
  noChild @38;
  wouldBlock @39;
  brokenPipe @40;
  notSeekable @41;
  noTerminal @42;
  accessDenied @43;
  wrongAccess @44;
  linkLoop @45;
  tooManyLinks @46;
  crossDevice @47;
}

annotation errors @0xf1f5ecf775258fc1 (method) :List(Status);
# The method's own failures. Those that every call can have (badHandle, noRight, badMessage,
# badMethod, peerDied, noMemory and so on: `is_transport_error` in lib/sys/method.hpp has the list)
# are not repeated. Any other arrives as badReply.

annotation idempotent @0x9bce028ba6c26459 (method) :Void;
# May be sent again, unchanged, to a restarted server.

enum LeaseAccess {
  in @0;    # the server may read the range
  out @1;   # the server may write the range
}

annotation lease @0x9e5223618f3c5a73 (param, field) :LeaseAccess;
# A Data parameter that does not travel in the message: the server reaches the caller's memory
# through the kernel, with one copy, until it replies.

annotation kernelObject @0xa349a0d182d905ab (interface) :Void;
# Capabilities of this type name kernel objects: no methods, no stubs, only a typed handle.
