// Writing: into the cache's pages. New blocks are filled before the extent tree knows them, so a
// write that fails half-way never shows what the blocks held before.
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/extent_tree.hpp"
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>

namespace ext4 {

namespace {

// How far a write has come.
struct Progress {
    std::uint64_t offset;  // in the file
    std::size_t left;
    std::size_t done = 0;
};

class Writer {
public:
    Writer(Volume& volume, Inode& inode, Progress progress, WriteSource& source)
        : volume_{volume}, inode_{inode}, source_{source}, progress_{progress}
    {
    }

    Result<> run();
    std::size_t done() const { return progress_.done; }

private:
    Result<> write_run();
    Result<> overwrite(Mapping const& run);
    Result<> overwrite_page(fs::PageNumber number, std::size_t within, std::size_t length);
    Result<> write_unwritten(Mapping run);
    Result<> write_hole(Mapping run);
    Result<> fill(Mapping& run);
    Result<> fill_block(BlockNumber number);
    Result<> take(std::span<std::byte> into);
    BlockNumber goal_for(LogicalBlock logical);
    std::uint32_t wanted_blocks() const;
    std::uint64_t within_block() const
    {
        return progress_.offset & (volume_.geometry().block_size - 1);
    }

    Volume& volume_;
    Inode& inode_;
    WriteSource& source_;
    Progress progress_;
};

// A writer that is faster than the disk waits for it now and then.
Result<> Writer::run()
{
    while (progress_.left > 0) {
        Result<> const step = write_run();
        if (progress_.done > 0 && progress_.offset > inode_.size())
            inode_.set_size(progress_.offset);
        TRY(step);
        if (progress_.left > 0 && volume_.blocks().cache().wants_write_back())
            TRY(volume_.blocks().cache().write_back());
    }
    return {};
}

Result<> Writer::write_run()
{
    auto const logical =
        static_cast<LogicalBlock>(progress_.offset >> volume_.geometry().block_shift);
    Mapping run = TRY(find_mapping(volume_, inode_, logical));
    run.length = std::min(run.length, wanted_blocks());
    switch (run.state) {
    case Mapping::State::written:
        return overwrite(run);
    case Mapping::State::unwritten:
        return write_unwritten(run);
    case Mapping::State::hole:
        break;
    }
    return write_hole(run);
}

// From the current offset to the end of the request, or a part of it that no cache is too small
// for.
std::uint32_t Writer::wanted_blocks() const
{
    std::uint64_t const blocks = volume_.geometry().blocks_for(within_block() + progress_.left);
    constexpr std::uint64_t most = 1024;
    return static_cast<std::uint32_t>(std::min(blocks, most));
}

Result<> Writer::overwrite(Mapping const& run)
{
    std::uint32_t const shift = volume_.geometry().block_shift;
    std::uint64_t const run_left = (std::uint64_t{run.length} << shift) - within_block();
    std::uint64_t byte = (run.physical << shift) + within_block();
    std::uint64_t length = std::min<std::uint64_t>(progress_.left, run_left);
    while (length > 0) {
        std::size_t const within = byte % fs::page_bytes;
        std::size_t const part = std::min<std::uint64_t>(length, fs::page_bytes - within);
        TRY(overwrite_page(byte / fs::page_bytes, within, part));
        byte += part;
        length -= part;
    }
    return {};
}

// A page that is replaced as a whole is not read.
Result<> Writer::overwrite_page(fs::PageNumber number, std::size_t within, std::size_t length)
{
    fs::BlockCache& cache = volume_.blocks().cache();
    bool const needs_reading = length < fs::page_bytes || cache.contains(number);
    fs::Page page = TRY(needs_reading ? cache.get(number) : cache.get_zeroed(number));
    Result<> const taken = take(page.data().subspan(within, length));
    if (taken || needs_reading)
        page.mark_dirty(fs::Content::data);
    page = {};
    if (!taken && !needs_reading)
        cache.discard(number);  // it holds neither the old content nor the new
    return taken;
}

Result<> Writer::write_unwritten(Mapping run)
{
    Progress const before = progress_;
    Result<> const filled = fill(run);
    if (run.length == 0)
        return filled;
    if (Result<> const marked = mark_written(volume_, inode_, run); !marked) {
        progress_ = before;
        return marked;
    }
    return filled;
}

Result<> Writer::write_hole(Mapping run)
{
    if (!inode_.has_extents())
        return fail(Status::not_supported);
    BlockRun const blocks =
        TRY(allocate_blocks(volume_, goal_for(run.logical), run.length, Fit::roomy));
    run = {run.logical, blocks.length, blocks.first, Mapping::State::written};

    Progress const before = progress_;
    Result<> result = fill(run);
    if (run.length > 0) {
        if (Result<> const inserted = insert_extent(volume_, inode_, run); !inserted) {
            progress_ = before;
            run.length = 0;
            result = inserted;
        }
    }
    if (run.length < blocks.length)
        TRY(free_blocks(volume_, blocks.first + run.length, blocks.length - run.length));
    return result;
}

// Right after the block before, so that extents grow; else near the inode.
BlockNumber Writer::goal_for(LogicalBlock logical)
{
    if (logical > 0) {
        Result<Mapping> const before = find_mapping(volume_, inode_, logical - 1);
        if (before && before->state != Mapping::State::hole)
            return before->physical + 1;
    }
    Geometry const& geometry = volume_.geometry();
    return geometry.first_block_of(geometry.group_of_inode(inode_.number));
}

// Fills blocks that hold nothing yet; run.length becomes the number of those that were filled.
Result<> Writer::fill(Mapping& run)
{
    for (std::uint32_t i = 0; i < run.length; ++i) {
        if (Result<> const step = fill_block(run.physical + i); !step) {
            run.length = i;
            return step;
        }
    }
    return {};
}

Result<> Writer::fill_block(BlockNumber number)
{
    std::size_t const within = within_block();
    Block const block = TRY(volume_.blocks().get_zeroed(number));
    std::size_t const length = std::min(progress_.left, block.data().size() - within);
    TRY(take(block.data().subspan(within, length)));
    block.mark_dirty(fs::Content::data);
    return {};
}

Result<> Writer::take(std::span<std::byte> into)
{
    TRY(source_.get(progress_.done, into));
    progress_.offset += into.size();
    progress_.done += into.size();
    progress_.left -= into.size();
    return {};
}

}  // namespace

Result<std::size_t> write_part(Volume& volume, Inode& inode, std::uint64_t offset,
                               std::size_t length, WriteSource& source)
{
    Writer writer{volume, inode, {offset, length}, source};
    Result<> const result = writer.run();
    if (!result && writer.done() == 0)
        return fail(result.error());
    return writer.done();
}

Result<std::size_t> write_file(Volume& volume, Inode& inode, std::uint64_t offset,
                               std::size_t length, WriteSource& source)
{
    TRY(volume.begin_change());
    if (inode.has(disk::Inode::flag_immutable))
        return fail(Status::read_only);
    std::uint64_t const limit = largest_file_size(volume.geometry());
    if (offset > limit || length > limit - offset)
        return fail(Status::too_large);
    if (offset > inode.size())
        TRY(clear_after_end(volume, inode));

    Result<std::size_t> const written = write_part(volume, inode, offset, length, source);
    inode.set_times(volume.now(), true);
    TRY(store_inode(volume, inode));
    return written;
}

}  // namespace ext4
