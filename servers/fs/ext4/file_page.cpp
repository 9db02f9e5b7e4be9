#include "servers/fs/ext4/file_page.hpp"
#include "servers/fs/ext4/file.hpp"
#include "servers/fs/ext4/mapping.hpp"
#include "servers/fs/ext4/volume.hpp"
#include "servers/fs/tree/span_transfer.hpp"
#include <algorithm>

namespace ext4 {

namespace {

class Zeros final : public WriteSource {
public:
    Result<> get(std::size_t, std::span<std::byte> into) override
    {
        std::ranges::fill(into, std::byte{0});
        return {};
    }
};

// The blocks from `offset` to `end`, or a part of them that lies in one run.
Result<Mapping> run_at(Volume& volume, Inode& inode, std::uint64_t offset, std::uint64_t end)
{
    Geometry const& geometry = volume.geometry();
    std::uint64_t const first = offset >> geometry.block_shift;
    if (first > ~LogicalBlock{0})
        return fail(Status::too_large);
    Mapping run = TRY(find_mapping(volume, inode, static_cast<LogicalBlock>(first)));
    run.length = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(run.length, geometry.blocks_for(end) - first));
    return run;
}

std::uint64_t end_of(Volume const& volume, Mapping const& run)
{
    return (std::uint64_t{run.logical} + run.length) << volume.geometry().block_shift;
}

// How much of a page is in the file.
std::size_t length_in(Inode const& inode, std::uint64_t start)
{
    std::uint64_t const left = inode.size() - std::min(start, inode.size());
    return std::min<std::uint64_t>(left, fs::file_page_bytes);
}

Result<> write_all(Volume& volume, Inode& inode, std::uint64_t offset, std::size_t length,
                   WriteSource& source)
{
    std::size_t const written = TRY(write_part(volume, inode, offset, length, source));
    return written == length ? Result<>{} : fail(Status::no_space);
}

}  // namespace

void let_go_of_page(Volume& volume, Inode& inode, std::uint64_t number)
{
    std::uint64_t const end = (number + 1) * fs::file_page_bytes;
    for (std::uint64_t offset = number * fs::file_page_bytes; offset < end;) {
        Result<Mapping> const run = run_at(volume, inode, offset, end);
        if (!run)
            return;  // what the cache has of it, it may as well keep
        if (run->state != Mapping::State::hole)
            volume.blocks().let_go(run->physical, run->length);
        offset = end_of(volume, *run);
    }
}

Result<> store_page(Volume& volume, Inode& inode, std::uint64_t number, fs::PageContent page)
{
    TRY(volume.begin_change());
    std::uint64_t const start = number * fs::file_page_bytes;
    fs::FromSpan source{page};
    return write_all(volume, inode, start, length_in(inode, start), source);
}

// A page at the end is not returned: behind it the disk need not have zeros, as the page does.
void return_page(Volume& volume, Inode& inode, std::uint64_t number, fs::PageContent page)
{
    std::uint64_t const start = number * fs::file_page_bytes;
    bool const is_one_block = volume.geometry().block_size == fs::file_page_bytes;
    if (!is_one_block || length_in(inode, start) != fs::file_page_bytes)
        return;
    auto const run = run_at(volume, inode, start, start + fs::file_page_bytes);
    if (!run || run->state != Mapping::State::written ||
        volume.blocks().cache().contains(run->physical))
        return;
    if (Result<Block> const block = volume.blocks().get_zeroed(run->physical))
        std::ranges::copy(page, block->data().begin());
}

Result<> reserve_blocks(Volume& volume, Inode& inode, std::uint64_t offset, std::uint64_t length)
{
    TRY(volume.begin_change());
    if (inode.has(disk::Inode::flag_immutable))
        return fail(Status::read_only);
    std::uint64_t const end = offset + length;
    Zeros zeros;
    while (offset < end) {
        Mapping const run = TRY(run_at(volume, inode, offset, end));
        std::uint64_t const stop = std::min(end, end_of(volume, run));
        if (run.state != Mapping::State::written)
            TRY(write_all(volume, inode, offset, stop - offset, zeros));
        offset = stop;
    }
    inode.set_times(volume.now(), true);
    return store_inode(volume, inode);
}

}  // namespace ext4
