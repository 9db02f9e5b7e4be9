@0xef47044f25354776;
# Files and directories. A path is relative to the directory that it is given to, its parts are
# separated by '/', "." and ".." are understood, and it never leaves that directory upwards.

using A = import "annotations.capnp";

enum Kind { file @0; directory @1; symbolicLink @2; other @3; }

struct Attributes {
  inode      @0 :UInt64;
  size       @1 :UInt64;   # bytes
  modified   @2 :Int64;    # seconds since 1970, UTC
  mode       @3 :UInt16;   # permission bits, as POSIX numbers them
  kind       @4 :Kind;
  links      @5 :UInt32;
}

struct VolumeInfo {
  blockSize   @0 :UInt32;   # bytes
  blockCount  @1 :UInt64;
  freeBlocks  @2 :UInt64;
  inodeCount  @3 :UInt64;
  freeInodes  @4 :UInt64;
}

enum OpenMode {
  existing @0;   # notFound if there is none
  create   @1;   # made if there is none
  exclusive @2;  # made; alreadyExists if there is one
  truncate @3;   # made if there is none, emptied if there is one
}

interface File @0xe7fb344266244193 {
  read @0 (offset :UInt64, buffer :Data $A.lease(out)) -> (count :UInt32)
      $A.idempotent $A.errors([ioError, corrupt]);
  # A count of 0 is the end of the file.

  write @1 (offset :UInt64, data :Data $A.lease(in)) -> (count :UInt32)
      $A.idempotent $A.errors([noSpace, readOnly, tooLarge, ioError, corrupt]);
  # Answered when the data is in the cache. A hole is left between the end and a larger offset.

  attributes @2 () -> Attributes $A.idempotent;
  truncate @3 (size :UInt64) -> ()
      $A.idempotent $A.errors([noSpace, readOnly, tooLarge, ioError, corrupt]);
  sync @4 () -> () $A.idempotent $A.errors([ioError, corrupt]);
  # Answered when every write answered before it is durable.
}


interface Directory @0x91f491b7c7aab32c {
  open @0 (path :Text, mode :OpenMode) -> (file :File)
      $A.errors([notFound, alreadyExists, isDirectory, notADirectory, nameTooLong, badArgument,
                 noSpace, readOnly, notSupported, ioError, corrupt]);
  # Symbolic links are followed. notSupported: neither a file nor a directory. badArgument, here and
  # below: the path ends in a name that nothing can be made or removed by, such as "..".
  openDirectory @1 (path :Text) -> (directory :Directory)
      $A.errors([notFound, notADirectory, nameTooLong, ioError, corrupt]);
  attributes @2 (path :Text) -> Attributes
      $A.idempotent $A.errors([notFound, notADirectory, nameTooLong, ioError, corrupt]);
  list @3 (cookie :UInt64, buffer :Data $A.lease(out)) -> (next :UInt64, count :UInt32)
      $A.idempotent $A.errors([tooLarge, ioError, corrupt]);
  # Fills the buffer with `count` bytes of records (inode UInt64, record bytes UInt16, name bytes
  # UInt16, kind UInt8, 3 bytes of zero, name, zero padding to a multiple of 8), starting at
  # `cookie` (0: the beginning). A count of 0 is the end. tooLarge: a record larger than the buffer;
  # 272 bytes are always enough for one.
  makeDirectory @4 (path :Text) -> ()
      $A.errors([notFound, alreadyExists, notADirectory, nameTooLong, badArgument, noSpace, readOnly,
                 ioError, corrupt]);
  remove @5 (path :Text) -> ()
      $A.errors([notFound, isDirectory, notADirectory, nameTooLong, badArgument, readOnly, ioError,
                 corrupt]);
  # Removes a file. One that is open keeps its content until it is closed.
  removeDirectory @6 (path :Text) -> ()
      $A.errors([notFound, notADirectory, notEmpty, nameTooLong, badArgument, busy, readOnly, ioError,
                 corrupt]);
  rename @7 (from :Text, to :Text) -> ()
      $A.errors([notFound, notADirectory, isDirectory, notEmpty, nameTooLong, noSpace, readOnly,
                 badArgument, ioError, corrupt]);
  # Both paths are relative to this directory. An existing file at `to` is replaced atomically.
  # badArgument: a directory cannot be moved into itself.
  volume @8 () -> VolumeInfo $A.idempotent;
  sync @9 () -> () $A.idempotent $A.errors([ioError, corrupt]);
}
