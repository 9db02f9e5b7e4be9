@0xef47044f25354776;
# Files and directories. A path is relative to the directory that it is given to, its parts are
# separated by '/', "." and ".." are understood, and it never leaves that directory upwards.

using A = import "annotations.capnp";
using K = import "kernel.capnp";

enum Kind {
  file @0;
  directory @1;
  symbolicLink @2;
  other @3;
  characterDevice @4;
  blockDevice @5;
  fifo @6;
  socket @7;
}

struct Attributes {
  inode      @0 :UInt64;
  size       @1 :UInt64;   # bytes
  modified   @2 :Int64;    # seconds since 1970, UTC, as the other times
  mode       @3 :UInt16;   # permission bits, as POSIX numbers them
  kind       @4 :Kind;
  links      @5 :UInt32;
  accessed   @6 :Int64;    # only set when it is made and by setAttributes: reading changes nothing
  changed    @7 :Int64;    # the last change of content or attributes
  modifiedNanoseconds @8 :UInt32;
  accessedNanoseconds @9 :UInt32;
  changedNanoseconds  @10 :UInt32;
  owner      @11 :UInt32;
  group      @12 :UInt32;
  volume     @13 :UInt32;  # the file system that it is on, as a number; with inode, its identity
  blocks     @14 :UInt64;  # of 512 bytes
  device     @15 :UInt64;  # which one a characterDevice or blockDevice stands for
}

enum TimeChange { keep @0; now @1; set @2; }

struct AttributeChange {
  # What is to change; all of it does, or nothing. A file's mode, and times that are `set`, are
  # changed by its owner; its group by its owner to one that he is in; its owner by user 0. Times
  # become `now` for whoever may write it.
  setMode    @0 :Bool;
  setOwner   @1 :Bool;
  setGroup   @2 :Bool;
  mode       @3 :UInt16;
  accessed   @4 :TimeChange;
  modified   @5 :TimeChange;
  owner      @6 :UInt32;
  group      @7 :UInt32;
  accessedSeconds     @8 :Int64;
  modifiedSeconds     @9 :Int64;
  accessedNanoseconds @10 :UInt32;
  modifiedNanoseconds @11 :UInt32;
}

struct VolumeInfo {
  blockSize   @0 :UInt32;   # bytes
  blockCount  @1 :UInt64;
  freeBlocks  @2 :UInt64;
  inodeCount  @3 :UInt64;
  freeInodes  @4 :UInt64;
  readOnly    @5 :Bool;
  type        @6 :UInt32;   # as statfs() numbers them
}

enum OpenMode {
  existing @0;   # notFound if there is none
  create   @1;   # made if there is none
  exclusive @2;  # made; alreadyExists if there is one
  truncate @3;   # made if there is none, emptied if there is one
  empty    @4;   # emptied; notFound if there is none
}

enum Access {
  # What an open file is used for. The server holds its clients to it.
  permitted @0;  # reading and writing, as far as the caller may
  read @1;
  write @2;
  readWrite @3;
  execute @4;    # reading, for whoever may execute it
}

enum FileLock { none @0; shared @1; exclusive @2; }

enum Origin { start @0; current @1; end @2; }

interface File @0xe7fb344266244193 {
  # An open file: who shares the handle shares its position and its flags.
  read @0 (offset :UInt64, buffer :Data $A.lease(out)) -> (count :UInt32)
      $A.idempotent $A.errors([wrongAccess, notSeekable, ioError, corrupt]);
  # A count of 0 is the end of the file. wrongAccess: not opened for that.

  write @1 (offset :UInt64, data :Data $A.lease(in)) -> (count :UInt32)
      $A.idempotent $A.errors([wrongAccess, notSeekable, noSpace, readOnly, tooLarge, ioError, corrupt]);
  # Answered when the data is in the cache. A hole is left between the end and a larger offset.

  attributes @2 () -> Attributes $A.idempotent;
  truncate @3 (size :UInt64) -> ()
      $A.idempotent $A.errors([wrongAccess, notSeekable, noSpace, readOnly, tooLarge, ioError, corrupt]);
  sync @4 () -> () $A.idempotent $A.errors([ioError, corrupt]);
  # Answered when every write answered before it is durable.

  readNext @5 (buffer :Data $A.lease(out), waiter :Int32 = 0) -> (count :UInt32)
      $A.errors([wrongAccess, interrupted, wouldBlock, badArgument, ioError, corrupt]);
  # At the position, which moves by what was read. Where something has to come first (a pipe, a
  # terminal), waits for it; `waiter` is the POSIX process for which: a signal to it ends the wait,
  # before anything was read. Negative: that process, which blocks the signals that would stop it for
  # using a terminal when it is not its turn.
  writeNext @6 (data :Data $A.lease(in), waiter :Int32 = 0) -> (count :UInt32)
      $A.errors([wrongAccess, interrupted, wouldBlock, brokenPipe, badArgument, noSpace, readOnly, tooLarge,
                 ioError, corrupt]);
  # At the position, which moves; if the file was opened to append, at the end, whatever others
  # write meanwhile. A pipe takes what it has room for, at least a byte, and up to 4 KiB whole.
  seek @7 (distance :Int64, origin :Origin) -> (position :UInt64)
      $A.errors([badArgument, notSeekable]);
  # badArgument: that would be before the start, or beyond what a file can hold.
  setFlags @8 (append :Bool, nonBlocking :Bool = false) -> ();
  # nonBlocking: what would wait answers wouldBlock.
  flags @9 () -> (append :Bool, read :Bool, write :Bool, nonBlocking :Bool);
  setAttributes @10 AttributeChange -> ()
      $A.errors([notPermitted, readOnly, badArgument, noSpace, ioError, corrupt]);

  poll @11 (wanted :UInt16, notification :K.Notification, bits :UInt64) -> (ready :UInt16)
      $A.idempotent $A.errors([busy]);
  # Which of the events `wanted` are there, and those that are always wanted (numbers as in <poll.h>).
  # If none is, `bits` of the notification are signalled once when that changes; busy: too many wait
  # for that. Without a notification it only tells. With 0x8000 among the events it is signalled at the
  # next change even if one of them is there now.

  map @12 (writable :Bool) -> (memory :K.Memory)
      $A.idempotent $A.errors([accessDenied, notSupported, tooLarge, ioError, corrupt]);
  # The content as memory, up to 1 GiB of it: reads and writes of the file by anybody see what is
  # stored there, and the other way round. Page n is there while the file has a byte in it, and only
  # as long as this handle is kept: a touch of any other page fails. Clones are private.
  # accessDenied: not opened for reading, or for writing if it is to be `writable`.

  lock @13 (kind :FileLock, notification :K.Notification, bits :UInt64) -> ()
      $A.idempotent $A.errors([wouldBlock, badArgument, notSupported]);
  # As flock(): whoever shares the handle has the lock, in place of the one before, until it goes.
  # wouldBlock: another open file has one that excludes it; if there is a notification, `bits` of it
  # are signalled once when it may be tried again.
}


interface Directory @0x91f491b7c7aab32c {
  # What its holder may do below it is what the permissions of the volume allow the user that it
  # stands for (forUser). accessDenied: a permission bit is missing, of the file or of a directory on
  # the way; notPermitted: only the owner may do that.
  # Errors of paths: notFound, notADirectory, nameTooLong, accessDenied, linkLoop (too many symbolic
  # links, or one where `noFollow` forbids it). A symbolic link in the last part is followed by
  # open, openDirectory and, unless `noFollow` is set, by attributes, setAttributes and list.
  open @0 (path :Text, mode :OpenMode, access :Access = permitted, append :Bool = false,
           noFollow :Bool = false, permissions :UInt16 = 0644) -> (file :File)
      $A.errors([notFound, alreadyExists, isDirectory, notADirectory, nameTooLong, accessDenied,
                 notPermitted, linkLoop, badArgument, busy, noSpace, readOnly, notSupported, ioError,
                 corrupt]);
  # notSupported: neither a file nor a directory. busy: a device that somebody has for himself.
  # badArgument, here and below: the path ends in a name
  # that nothing can be made or removed by, such as "..". `permissions` are a new file's, which
  # whoever makes it may use as `access` says, whatever they are.
  openDirectory @1 (path :Text, access :Access = permitted, noFollow :Bool = false,
                    onlyList :Bool = false)
      -> (directory :Directory)
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, linkLoop, ioError, corrupt]);
  # It can be listed if the user may read it; without that right only `access = read` fails.
  # onlyList: it can be listed by whoever has the handle, and what is below it is as if nobody asked,
  # so that a process that becomes another user keeps no more than an open directory.
  attributes @2 (path :Text, noFollow :Bool = false) -> Attributes
      $A.idempotent
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, linkLoop, ioError, corrupt]);
  list @3 (cookie :UInt64, buffer :Data $A.lease(out)) -> (next :UInt64, count :UInt32)
      $A.idempotent $A.errors([accessDenied, tooLarge, ioError, corrupt]);
  # Fills the buffer with `count` bytes of records (inode UInt64, record bytes UInt16, name bytes
  # UInt16, kind UInt8, 3 bytes of zero, name, zero padding to a multiple of 8), starting at
  # `cookie` (0: the beginning). A count of 0 is the end. tooLarge: a record larger than the buffer;
  # 272 bytes are always enough for one.
  makeDirectory @4 (path :Text, permissions :UInt16 = 0755) -> ()
      $A.errors([notFound, alreadyExists, notADirectory, nameTooLong, accessDenied, linkLoop,
                 tooManyLinks, badArgument, noSpace, readOnly, ioError, corrupt]);
  remove @5 (path :Text) -> ()
      $A.errors([notFound, isDirectory, notADirectory, nameTooLong, accessDenied, notPermitted,
                 linkLoop, badArgument, busy, readOnly, ioError, corrupt]);
  # Removes a file. One that is open keeps its content until it is closed.
  removeDirectory @6 (path :Text) -> ()
      $A.errors([notFound, notADirectory, notEmpty, nameTooLong, accessDenied, notPermitted, linkLoop,
                 badArgument, busy, readOnly, ioError, corrupt]);
  rename @7 (from :Text, to :Text, noReplace :Bool = false) -> ()
      $A.errors([notFound, notADirectory, isDirectory, notEmpty, nameTooLong, accessDenied,
                 notPermitted, linkLoop, tooManyLinks, alreadyExists, crossDevice, busy, noSpace, readOnly,
                 badArgument, ioError, corrupt]);
  # Both paths are relative to this directory. What is at `to`, a file or an empty directory, is
  # replaced atomically. badArgument: a directory cannot be moved into itself.
  volume @8 (path :Text, number :UInt32 = 0) -> VolumeInfo
      $A.idempotent
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, linkLoop, ioError, corrupt]);
  # The file system that `path` is on, or the one whose `number` it is (Attributes.volume).
  sync @9 () -> () $A.idempotent $A.errors([ioError, corrupt]);

  link @10 (from :Text, to :Text, follow :Bool = false) -> ()
      $A.errors([notFound, alreadyExists, notADirectory, nameTooLong, accessDenied, notPermitted,
                 linkLoop, tooManyLinks, crossDevice, badArgument, noSpace, readOnly, ioError, corrupt]);
  # Another name for a file. notPermitted: it is a directory, or somebody else's that the user may
  # not write. `follow`: of what the symbolic link `from` leads to.
  symbolicLink @11 (target :Text, path :Text) -> ()
      $A.errors([notFound, alreadyExists, notADirectory, nameTooLong, accessDenied, linkLoop,
                 badArgument, noSpace, readOnly, notSupported, ioError, corrupt]);
  readLink @12 (path :Text, buffer :Data $A.lease(out)) -> (count :UInt32)
      $A.idempotent
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, linkLoop, badArgument, ioError,
                 corrupt]);
  # As much of the link's text as fits; no zero byte behind it. badArgument: it is not a link.
  setAttributes @13 (path :Text, change :AttributeChange, noFollow :Bool = false) -> ()
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, notPermitted, linkLoop,
                 badArgument, noSpace, readOnly, ioError, corrupt]);
  makeNode @14 (path :Text, kind :Kind, permissions :UInt16) -> ()
      $A.errors([notFound, alreadyExists, notADirectory, nameTooLong, accessDenied, linkLoop,
                 badArgument, noSpace, readOnly, notSupported, ioError, corrupt]);
  # A file, fifo or socket: a name, owner and mode. What a fifo or socket carries is not this
  # server's affair.
  check @15 (path :Text, permissions :UInt16, noFollow :Bool = false) -> ()
      $A.idempotent
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, linkLoop, readOnly, badArgument,
                 ioError, corrupt]);
  # Whether the user may read (4), write (2), execute or search (1): the sum of what is asked.
  forUser @16 (user :UInt32, group :UInt32, groups :List(UInt32)) -> (directory :Directory)
      $A.errors([notPermitted, badArgument]);
  # This directory in the eyes of another user. Only user 0 gets it, whom every directory that the
  # system manifest grants stands for. At most 32 groups.
  realPath @17 (path :Text, buffer :Data $A.lease(out)) -> (count :UInt32)
      $A.idempotent
      $A.errors([notFound, notADirectory, nameTooLong, accessDenied, linkLoop, tooLarge, ioError,
                 corrupt]);
  # The path without symbolic links, "." and "..", with this directory as its "/". tooLarge: the
  # buffer is smaller than that; nameTooLong: it has more than 4095 bytes.
  memoryUse @18 () -> (cached :UInt64, mapped :UInt64) $A.idempotent;
  # Bytes of all file systems that the server has in memory and need not have there: `cached`, of the
  # disk; `mapped`, of files that processes have mapped. No byte is in both.
}
