// The file server: the ext4 volume on the disk called "disk", served as the directory "root".
//
// Which disk that is and who may use the files is in platform/<board>/system.capnp.
#include "generated/interfaces/clock.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/run.hpp"
#include "servers/fs/directory_server.hpp"
#include "servers/fs/disk.hpp"
#include "servers/fs/ext4/volume_files.hpp"
#include "servers/fs/mapping/mapped_files.hpp"
#include "servers/fs/mounts.hpp"
#include "servers/fs/temporary_memory.hpp"
#include "servers/fs/tmpfs/files.hpp"
#include "servers/fs/volume_clock.hpp"
#include "servers/fs/volumes_server.hpp"

static constexpr std::uint64_t cache_pages = 4096;       // 16 MiB
static constexpr std::uint32_t most_mapped_pages = 768;  // 3 MiB, the same
static constexpr std::uint32_t temporary_pages = 1024;   // 4 MiB, taken as they are used
static constexpr std::uint32_t temporary_entries = 1024;
static constexpr std::uint32_t shared_pages = 512;  // 2 MiB, the same
static constexpr std::uint32_t shared_entries = 256;

static Result<std::unique_ptr<ext4::Volume>> mount(fs::BlockCache& cache, VolumeClock& clock)
{
    ext4::MountNotes notes;
    auto volume = ext4::Volume::mount(cache, clock, notes);
    for (char const* note : {notes.refusal, notes.warning, notes.read_only})
        if (note != nullptr)
            sys::log(note);
    if (volume)
        clock.advance_to((*volume)->super().write_time);
    return volume;
}

// With the argument --own-slice calls run on the server's slice and not on the client's, which is
// there to measure what that costs.
static Result<abi::PoolOptions> pool_options(sys::Environment const& environment)
{
    abi::PoolOptions options;
    for (std::string_view const argument : environment.arguments()) {
        if (argument != "--own-slice")
            return fail(Status::bad_argument);
        options = abi::with(abi::PoolFlags::own_slice);
    }
    return options;
}

// A machine without a clock, or one that nobody has set, is no reason to have no files.
static VolumeClock start_clock(sys::Environment& environment)
{
    VolumeClock started;
    auto const clock = environment.connect<Clock>("clock");
    auto const now = clock ? clock->now() : fail(Status::not_granted);
    constexpr std::uint64_t latest = 1ull << 62;  // the year 2116
    if (now && *now < latest)
        started.set(static_cast<std::int64_t>(*now));
    return started;
}

static Result<> serve_files(sys::Environment& environment)
{
    VolumeClock clock = start_clock(environment);
    auto device = TRY(environment.connect<BlockDevice>("disk"));
    auto disk = TRY(Disk::create(std::move(device), cache_pages));
    auto cache = TRY(fs::BlockCache::create(disk, disk.buffer()));
    auto volume = TRY(mount(*cache, clock));
    auto mapped = TRY(MappedFiles::create(most_mapped_pages));
    auto write_behind = TRY(WriteBehind::create(*volume, mapped));

    auto const options = TRY(pool_options(environment));
    auto pool = TRY(sys::Pool::create(options));
    TRY(pool.add_workers(1));
    TRY(pool.bind(write_behind.notification(), write_behind));
    Service service{*volume, clock, pool, write_behind, mapped};
    mapped.serve_with(service);
    ext4::VolumeFiles files{*volume};
    auto superuser = TRY(fs::SharedCredential::make({}));
    auto memory = TRY(TemporaryMemory::create(temporary_pages));
    auto temporary = TRY(tmpfs::Files::create(clock, memory, temporary_entries));
    auto shared_memory = TRY(TemporaryMemory::create(shared_pages));
    auto shared = TRY(tmpfs::Files::create(clock, shared_memory, shared_entries));
    fs::Tree tree{files};
    auto top = TRY(files.root());
    mount_all({tree, top.share(), superuser}, {{"tmp", *temporary}, {"dev/shm", *shared}});
    auto root = TRY(DirectoryServer::create(service, {tree, std::move(top), std::move(superuser)}));
    auto const info = volume->info();
    sys::log("ready: ", info.free_blocks * info.block_size >> 10, " KiB free of ",
             info.block_count * info.block_size >> 10);
    VolumesServer volumes{service, tree};
    auto all = TRY(service.client_of<Volumes>(volumes));
    TRY(environment.publish("root", std::move(root)));
    TRY(environment.publish("volumes", std::move(all)));
    sys::stay();
}

int main(int argument_count, char** arguments)
{
    return sys::run(serve_files, argument_count, arguments);
}
