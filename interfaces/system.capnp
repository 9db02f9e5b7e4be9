@0x85241b079a9cf8ec;
# The shape of a board's system manifest: who runs, with what, and who may call whom.

struct System {
  programs @0 :List(Program);
}

struct Program {
  name      @0 :Text;
  image     @1 :Text;          # program file in the boot archive
  priority  @2 :UInt8;         # of its first thread and of its pool: larger runs first, 0 to 31
  memory    @3 :UInt32;        # quota in KiB
  handles   @4 :UInt32 = 256;  # slots of its capability space
  device    @5 :Text;          # compatible string of the device that it drives: devmgr grants the
                               # registers, the interrupt and the DMA space of each match; not
                               # started on a machine without it
  serves    @6 :List(Text);    # names of the endpoints that it offers: see Init.publish
  uses      @7 :List(Use);
  roots     @8 :List(Text);    # init's own rights, each granted under its name: "devices", "power"
                               # and "log" (a Root with that one right), "deviceTree" (a Memory),
                               # "archive" (the boot archive's Memory, to read and run)
  restart   @9 :Bool;          # start it again when it has ended, later each time; what it served is
                               # published anew, and programs that use it find it there. Whatever
                               # else clients had of it (open files) is lost
  arguments @10 :List(Text);
  children  @11 :List(Use);    # what programs get that this one has started
  share     @12 :UInt8;        # percent of the machine's memory that is left when each program has
                               # its `memory`: added to that

  struct Use {
    name @0 :Text;             # what this program calls it
    from @1 :Text;             # the program that serves it; "init" serves "loader", "power",
                               # "programs" and "names"; empty: the first in the manifest that serves it and
                               # runs, which is how a client gets the driver of whatever device the
                               # machine has
    service @2 :Text;          # the name under which it is served there
    optional @3 :Bool;         # start without it where its server cannot start
  }
}
