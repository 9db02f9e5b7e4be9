// Service: what all open files and directories share.
#pragma once
#include "lib/sys/pool.hpp"
#include "servers/fs/file_locks.hpp"
#include "servers/fs/write_behind.hpp"

class MappedFiles;

class Service {
public:
    Service(ext4::Volume& volume, fs::Clock& clock, sys::Pool const& pool,
            WriteBehind& write_behind, MappedFiles& mapped)
        : volume_{volume}, clock_{clock}, pool_{pool}, write_behind_{write_behind}, mapped_{mapped}
    {
    }

    fs::Clock& clock() { return clock_; }
    MappedFiles& mapped() { return mapped_; }
    fs::BlockCache& cache() const { return volume_.blocks().cache(); }
    FileLocks& locks() { return locks_; }

    // A way for a client to `server`, which ends itself when that client is gone.
    template <class Client>
    Result<Client> client_of(sys::Server& server)
    {
        return Client{TRY(pool_.endpoint(server))};
    }

    // For calls that are not a client's.
    Result<sys::Handle> endpoint_of(sys::Server& server) { return pool_.endpoint(server); }

    // Every method's result passes through here.
    template <class T>
    Result<T> finish(Result<T> result)
    {
        conclude(result ? Status::ok : result.error());
        return result;
    }

    // The same for a result that is too large to be passed on.
    void conclude(Status status)
    {
        if (status == Status::corrupt) [[unlikely]]
            report_corruption();
        write_behind_.operation_done();
    }

private:
    void report_corruption();

    ext4::Volume& volume_;
    fs::Clock& clock_;
    sys::Pool const& pool_;
    WriteBehind& write_behind_;
    MappedFiles& mapped_;
    FileLocks locks_;
    bool has_reported_ = false;
};
