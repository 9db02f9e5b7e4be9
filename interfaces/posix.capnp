@0xc2a9b0f3d5e84a17;
# Processes as POSIX has them. Each process has a door of its own to the server: the badge says who
# calls, so nobody can speak for another. What only concerns the process itself (its descriptors,
# its current directory, which signals it blocks) is kept by the C library in it.
#
# Numbers of signals, options and errors are Linux's for RISC-V, as in musl's headers.

# Calls that wait answer `interrupted` when a signal is sent to the caller, also when that was sent
# since the last such answer, before the call.

using A = import "annotations.capnp";
using F = import "file.capnp";
using K = import "kernel.capnp";

struct Ended {
  # Which child, and how: 0 if none has news.
  process     @0 :Int32;
  status      @1 :UInt32;   # as wait() reports it: see WIFEXITED and relatives
  userTime    @2 :UInt64;   # ns of CPU time, its waited-for children's included
}

struct Identity {
  process  @0 :Int32;
  parent   @1 :Int32;
  group    @2 :Int32;
  session  @3 :Int32;
}

struct Credentials {
  # In whose name a process acts: the effective ones. What it may do is decided by them alone.
  realUser       @0 :UInt32;
  effectiveUser  @1 :UInt32;
  savedUser      @2 :UInt32;
  realGroup      @3 :UInt32;
  effectiveGroup @4 :UInt32;
  savedGroup     @5 :UInt32;
}

struct RecordLock {
  # Bytes of a file that a process has for itself, or shares with others.
  volume    @0 :UInt32;   # as the file's attributes say
  exclusive @1 :Bool;
  process   @2 :Int32;    # who holds it; 0: nobody
  inode     @3 :UInt64;
  start     @4 :UInt64;   # the first byte
  last      @5 :UInt64;   # the last one
}

struct Timer {
  remaining @0 :UInt64;   # ns; 0: it does not run
  interval  @1 :UInt64;   # ns; 0: once
}

struct TimerSetting {
  time       @0 :UInt64;   # ns; 0: it stops
  interval   @1 :UInt64;   # ns; 0: once
  isAbsolute @2 :Bool;     # on the timer's clock; else from now on
}

struct SharedWord {
  # 4 bytes of memory that processes share, as the process says.
  volume @0 :UInt32;   # of a file, as its attributes say; all ones: it is none
  memory @1 :UInt64;   # the file's inode, or a number of newMemory
  offset @2 :UInt64;   # in bytes
}

struct ResourceLimit {
  # All ones: there is none.
  soft @0 :UInt64;
  hard @1 :UInt64;
}

struct Usage {
  # ns of CPU time in the processes themselves: what servers do for them is on the servers' books.
  time          @0 :UInt64;
  childrenTime  @1 :UInt64;   # of those that were waited for
}

enum PriorityOf {
  # As <sys/resource.h> numbers them.
  process @0;
  group   @1;
  user    @2;
}

struct SignalDetails {
  # As in siginfo_t. Of a timer, `process` is its number, and `user` how often it expired since.
  code    @0 :Int32;
  process @1 :Int32;
  user    @2 :UInt32;
  status  @3 :Int32;    # of a child
  value   @4 :UInt64;
  more    @5 :Bool;     # the same signal was sent once more
}

struct Machine {
  totalBytes   @0 :UInt64;   # memory that the kernel manages
  freeBytes    @1 :UInt64;
  sinceStart   @2 :UInt64;   # ns
  busyHarts    @3 :UInt32;   # on average since the start, in units of 1/65536
  processes    @4 :UInt32;
  harts        @5 :UInt32;   # that work
}

interface Posix @0xdd2b1a5c7be0913f extends(F.Directory) {
  # As a directory, it has /dev and /proc, and nothing else.

  fork @0 (entry :UInt64, stackPointer :UInt64, threadPointer :UInt64, globalPointer :UInt64,
           messageBuffer :UInt64) -> (process :Int32) $A.errors([noMemory, wouldBlock]);
  # A child: a process with a copy of the caller's memory and with its handles, and one thread,
  # which begins at `entry` with the registers given, and with the child's number in the upper and
  # the handle of its own door in the lower half of its argument. wouldBlock: there are too many.

  prepare @1 (path :Text, argumentCount :UInt32, environmentCount :UInt32, stringBytes :UInt32,
              text :Data $A.lease(in)) -> ()
      $A.errors([notFound, accessDenied, linkLoop, notADirectory, isDirectory, nameTooLong, badExecutable,
                 tooLarge, badArgument, noMemory, ioError, corrupt]);
  # Makes everything ready for the caller to become the program at the absolute `path`.
  # `text`: the strings of arguments and environment, zero-terminated, then what the C library of
  # the new program inherits from the caller's.

  wait @2 (process :Int32, options :UInt32) -> Ended
      $A.errors([noChild, interrupted, badArgument]);
  # `process` as for waitpid(): a child, -1: any, 0: any of the caller's group, else of group -process.

  send @3 (process :Int32, signal :UInt32) -> ()
      $A.errors([noProcess, notPermitted, badArgument]);
  # As kill(). Signal 0 asks only whether it could be sent.

  identity @4 (process :Int32) -> Identity $A.idempotent $A.errors([noProcess]);
  # 0: the caller.

  setGroup @5 (process :Int32, group :Int32) -> ()
      $A.errors([noProcess, notPermitted, badArgument]);
  newSession @6 () -> (session :Int32) $A.errors([notPermitted]);

  ignoreSignals @7 (ignored :UInt64, forgetChildren :Bool = false, onlyEnds :Bool = false) -> ()
      $A.idempotent;
  # Bit n: signal n + 1 need not be sent to the caller. Those that are ignored by default are
  # ignored until it says otherwise. `forgetChildren`: nobody will wait for them when they have ended.
  # `onlyEnds`: SIGCHLD is not for children that are stopped or go on.

  thread @8 () -> (thread :K.Thread) $A.idempotent;
  # The thread that signals are sent to: the process's first one.

  stop @9 (signal :UInt32, wasSent :Bool) -> () $A.errors([interrupted]);
  # The caller is stopped by the signal; answered when it is to go on. `wasSent`: by this server; if
  # SIGCONT was sent since, that is at once.

  setTimer @10 (remaining :UInt64, interval :UInt64, kind :UInt32 = 0) -> Timer
      $A.errors([badArgument]);
  # Sends a signal after `remaining` ns, then each `interval` ns: as <sys/time.h> numbers them, 0 sends
  # SIGALRM, 1 and 2 send SIGVTALRM and SIGPROF for CPU time. The result is what was left.

  timer @11 (kind :UInt32 = 0) -> Timer $A.idempotent $A.errors([badArgument]);

  pipe @12 () -> (reader :F.File, writer :F.File);

  machine @13 () -> Machine $A.idempotent;

  become @14 (pending :UInt64) -> () $A.errors([badArgument, noMemory, noHandles, interrupted]);
  # Becomes the program that was prepared, with all handles that the caller has now; it answers
  # errors only. `pending`: signals that were sent to the caller and that it leaves to the new program,
  # which gets those that were sent since `prepare` besides. badArgument: nothing is prepared.

  pause @15 () -> () $A.errors([interrupted]);
  # Answered when a signal was sent to the caller.

  begun @16 () -> (sent :UInt64) $A.idempotent;
  # Which signals were sent to a child that fork() has made, up to now. Those that come later find its
  # thread ready for them.

  credentials @17 () -> Credentials $A.idempotent;

  setCredentials @18 Credentials -> (root :F.Directory) $A.errors([notPermitted, noHandles]);
  # Each of the users must be one of those of before, and so the groups; user 0 sets them as it likes.
  # The root directory as the effective user sees it takes the place of the one of before, which the
  # caller closes.

  groups @19 (buffer :Data $A.lease(out)) -> (count :UInt32) $A.errors([tooLarge]);
  # The supplementary groups, as UInt32s.
  setGroups @20 (groups :List(UInt32)) -> (root :F.Directory)
      $A.errors([notPermitted, badArgument, noHandles]);
  # User 0 only; at most 32. As above.

  realRoot @21 () -> (root :F.Directory) $A.errors([noHandles]);
  # The root directory as the real user sees it.

  lockRecord @22 (lock :RecordLock, waits :Bool) -> ()
      $A.errors([wouldBlock, deadlock, interrupted, badArgument]);
  # The caller's lock, in place of what it held of that range. noMemory: there are too many.
  unlockRecord @23 RecordLock -> () $A.errors([badArgument]);
  recordObstacle @24 RecordLock -> RecordLock $A.idempotent;
  # A lock of another process that keeps the caller from this one.
  releaseRecords @25 (volume :UInt32, inode :UInt64) -> () $A.idempotent;
  # All that the caller holds of that file.

  limit @26 (process :Int32, resource :UInt32) -> ResourceLimit $A.idempotent
      $A.errors([noProcess, notPermitted, badArgument]);
  # Of a resource as <sys/resource.h> numbers them; process 0: the caller.
  setLimit @27 (process :Int32, resource :UInt32, soft :UInt64, hard :UInt64) -> ()
      $A.errors([noProcess, notPermitted, badArgument, notSupported]);
  # CPU time and number of processes are limited here, memory from the next program on; descriptors,
  # file sizes and the memory of this program are the C library's to limit. notSupported: those of
  # another process.

  usage @28 () -> Usage $A.idempotent;

  niceness @29 (which :PriorityOf, who :Int32) -> (niceness :Int32) $A.idempotent
      $A.errors([noProcess]);
  setNiceness @30 (which :PriorityOf, who :Int32, niceness :Int32) -> ()
      $A.errors([noProcess, notPermitted, accessDenied]);
  # From 0 to 19. accessDenied: less than 0, or less than before by other users than the superuser.

  openFifo @31 (path :Text, access :F.Access, nonBlocking :Bool) -> (file :F.File)
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, linkLoop, badArgument, notSupported,
                 noTerminal, interrupted, ioError, corrupt]);
  # For reading or writing; waits until somebody has it open for the other. nonBlocking: does not;
  # noTerminal: to write when nobody reads. badArgument: it is not a fifo.

  eventCounter @32 (initial :UInt64, countsDown :Bool) -> (file :F.File);
  # As eventfd().

  signalDetails @33 (signal :UInt32, thread :Int32 = 0) -> SignalDetails
      $A.errors([notFound, interrupted]);
  # What came with a signal that was sent to the caller, or that a timer sent to that thread of it; each
  # can be taken once.
  sendQueued @34 (process :Int32, signal :UInt32, details :SignalDetails) -> ()
      $A.errors([noProcess, notPermitted, badArgument, wouldBlock]);
  # As sigqueue(): a real-time signal arrives as often as it was sent. Process and user of `details` are
  # the caller's, whatever it says. wouldBlock: too many are on their way.
  endWaits @35 () -> () $A.idempotent $A.errors([interrupted]);
  # Calls of the caller that wait are answered `interrupted`: one of its threads has a signal for another.

  createTimer @36 (signal :UInt32, value :UInt64, hasNumberAsValue :Bool, countsCpuTime :Bool,
                   thread :Int32, receiver :K.Thread) -> (timer :Int32)
      $A.errors([badArgument, wouldBlock]);
  # As timer_create(). Its clock is the time since the machine's start, or the CPU time that the caller
  # has used. Signal 0: it sends none. `receiver` is the caller's thread of the number `thread`, to which
  # the signal goes; of no value: it is for any. wouldBlock: there are 32.
  armTimer @37 (timer :Int32, setting :TimerSetting) -> Timer $A.errors([badArgument]);
  # The result is as it was set before. badArgument, also below: there is no such timer.
  timerState @38 (timer :Int32) -> Timer $A.idempotent $A.errors([badArgument]);
  timerOverrun @39 (timer :Int32) -> (count :UInt32) $A.idempotent $A.errors([badArgument]);
  # How often it expired between the signal that was taken last being sent and taken.
  deleteTimer @40 (timer :Int32) -> () $A.errors([badArgument]);
  timerFile @41 (clock :UInt32) -> (file :TimerFile);
  # As timerfd_create(). It goes by the time since the machine's start; `clock` is for who sets it.

  newMemory @42 () -> (number :UInt64);
  # A number for memory that is to be shared, which nobody else gets.
  waitShared @43 (word :SharedWord, wakes :UInt64, deadline :UInt64, owner :Int32 = 0)
      -> (wakes :UInt64, hasWaited :Bool) $A.errors([interrupted, timedOut]);
  # Waits until the word is woken, or a time in ticks; if it is a lock that the process `owner` (not 0)
  # has, until any process has ended. If there have been others than the `wakes` that the caller knows of, it answers at once how many there have
  # been: the word is to be looked at again.
  wakeShared @44 (word :SharedWord, count :UInt32) -> (woken :UInt32) $A.errors([interrupted]);
  # At most `count` of those who wait for it, of each user.
  hasEnded @45 (process :Int32) -> (ended :Bool) $A.idempotent;
  # Whether there is no such process any more, but for a zombie.
}

interface TimerFile @0xa3d5e07c914bf862 extends(F.File) {
  # Reads take how often the timer has expired, as 8 bytes, and wait until it has.
  arm @0 (setting :TimerSetting) -> Timer;
  remaining @1 () -> Timer $A.idempotent;
  clock @2 () -> (clock :UInt32) $A.idempotent;
}

interface PosixSystem @0xb8f1c0a9e2d74356 {
  # For programs that are no POSIX processes.
  run @0 (path :Text, arguments :List(Text)) -> (status :UInt32)
      $A.errors([notFound, accessDenied, linkLoop, notADirectory, isDirectory, nameTooLong, badExecutable, tooLarge,
                 badArgument, noMemory, busy, wouldBlock, ioError, corrupt]);
  # Runs a program in a session of its own, whose terminal is the machine's console, with the caller's
  # user 0, and answers when it has ended. busy: the console has a session already.
}

struct TerminalSettings {
  # As struct termios: flags in Linux's numbers, and the control characters, 8 to a word, the first in
  # the lowest byte.
  input    @0 :UInt32;
  output   @1 :UInt32;
  control  @2 :UInt32;
  local    @3 :UInt32;
  characters0 @4 :UInt64;
  characters1 @5 :UInt64;
  characters2 @6 :UInt64;
  characters3 @7 :UInt64;
}

interface Terminal @0xe1d9c3a7f06b5248 extends(F.File) {
  settings @0 () -> TerminalSettings $A.idempotent;
  setSettings @1 (settings :TerminalSettings, afterOutput :Bool, dropInput :Bool, process :Int32) -> ()
      $A.errors([interrupted, ioError]);
  # `process` is the caller, as in File.readNext: when it is not its turn, it is stopped.
  size @2 () -> (rows :UInt16, columns :UInt16) $A.idempotent;
  setSize @3 (rows :UInt16, columns :UInt16) -> ();
  # The foreground group is told by a signal.

  foreground @4 () -> (group :Int32) $A.idempotent $A.errors([noTerminal]);
  setForeground @5 (group :Int32, process :Int32) -> ()
      $A.errors([noTerminal, notPermitted, interrupted, ioError]);
  # Whose turn it is, as tcsetpgrp(). noTerminal: it is not the one that controls the session of
  # `process`, which is the caller, and is stopped if it is not its turn.

  control @6 (process :Int32) -> () $A.errors([noTerminal, notPermitted]);
  # It controls the session that the process leads, from now on, if it controls no other.

  drop @7 (input :Bool, output :Bool) -> ();

  otherEnd @8 () -> (number :UInt32) $A.idempotent $A.errors([badArgument]);
  # Of the master of a pseudo-terminal: the number that programs find it by, in /dev/pts. badArgument:
  # it is not one.

  setExclusive @9 (exclusive :Bool) -> ();
  # Until its last file is closed, or this says otherwise, only the superuser can open it again.
}

interface TerminalLine @0x9c5e7b20d1f4a836 {
  # What the threads at a terminal's device call, in servers/posix itself.
  waitForSession @0 () -> ();
  received @1 (data :Data $A.lease(in)) -> ();
  toSend @2 (buffer :Data $A.lease(out)) -> (count :UInt32);
  # Waits for output.
}
