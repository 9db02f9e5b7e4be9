// Where new blocks go: next to the goal if that is free, else a long run in its group, else in the
// groups after it.
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/bitmap.hpp"
#include "servers/fs/ext4/volume.hpp"
#include <algorithm>
#include <optional>

namespace ext4 {

namespace {

// Enough to make one transfer of a sequential read.
constexpr std::uint32_t long_run = fs::max_transfer_pages;

struct Search {
    std::uint32_t from, end;  // bits of the group
    std::uint32_t wanted;     // more than is taken, where there should be room for what follows
};

// The first run that is long enough; failing that, the longest one seen.
std::optional<BitRun> find_run(std::span<std::byte const> bitmap, Search search)
{
    std::uint32_t const enough = std::min(search.wanted, long_run);
    std::optional<BitRun> best;
    while (search.from < search.end) {
        auto const run = find_clear(bitmap, search.from, search.end, search.wanted);
        if (!run)
            break;
        if (!best || run->length > best->length)
            best = run;
        if (run->length >= enough)
            break;
        search.from = run->first + run->length;
    }
    return best;
}

void count_taken(Volume& volume, GroupNumber number, std::int64_t taken)
{
    Group& group = volume.groups()[number];
    group.free_blocks -= static_cast<std::uint32_t>(taken);
    group.is_changed = group.block_bitmap_changed = true;
    volume.add_free_blocks(-taken);
}

// At `from` exactly, or the best after it, or the best before it.
std::optional<BitRun> choose(std::span<std::byte const> bitmap, Search search)
{
    auto const [from, end, wanted] = search;
    if (from < end && !is_bit_set(bitmap, from))
        return find_clear(bitmap, from, end, wanted);
    auto const after = find_run(bitmap, search);
    if (after && after->length >= std::min(wanted, long_run))
        return after;
    auto const before = find_run(bitmap, {0, std::min(from, end), wanted});
    if (!before || (after && after->length >= before->length))
        return after;
    return before;
}

// A run of length 0: nothing is free here.
Result<BlockRun> take_in_group(Volume& volume, GroupNumber number, std::uint32_t from,
                               std::uint32_t wanted, Fit fit)
{
    Group& group = volume.groups()[number];
    if (group.free_blocks == 0)
        return BlockRun{0, 0};

    Block const bitmap = TRY(volume.groups().block_bitmap(number));
    Geometry const& geometry = volume.geometry();
    std::uint32_t const sought = fit == Fit::roomy ? std::max(wanted, long_run) : wanted;
    auto const run = choose(bitmap.data(), {from, geometry.blocks_in(number), sought});
    if (!run)
        return BlockRun{0, 0};
    BlockRun const taken{geometry.first_block_of(number) + run->first,
                         std::min(run->length, wanted)};
    if (taken.length > group.free_blocks ||
        volume.groups().overlaps_metadata(number, taken.first, taken.length))
        return fail(Status::corrupt);

    set_bits(bitmap.data(), run->first, taken.length);
    bitmap.mark_dirty(fs::Content::metadata);
    count_taken(volume, number, taken.length);
    return taken;
}

Result<> free_in_group(Volume& volume, GroupNumber number, BlockNumber first, std::uint32_t count)
{
    if (volume.groups().overlaps_metadata(number, first, count))
        return fail(Status::corrupt);
    Block const bitmap = TRY(volume.groups().block_bitmap(number));
    auto const bit = static_cast<std::uint32_t>(first - volume.geometry().first_block_of(number));
    std::uint32_t const were_used = clear_bits(bitmap.data(), bit, count);
    bitmap.mark_dirty(fs::Content::metadata);
    count_taken(volume, number, -std::int64_t{were_used});
    volume.blocks().discard(first, count);
    return were_used == count ? Result<>{} : fail(Status::corrupt);
}

}  // namespace

Result<BlockRun> allocate_blocks(Volume& volume, BlockNumber goal, std::uint32_t wanted, Fit fit)
{
    TRY(volume.begin_change());
    Geometry const& geometry = volume.geometry();
    if (!geometry.contains(goal, 1))
        goal = geometry.first_data_block + 1;

    GroupNumber const home = geometry.group_of(goal);
    for (std::uint32_t step = 0; step < geometry.group_count; ++step) {
        GroupNumber const group = (home + step) % geometry.group_count;
        auto const from =
            group == home ? static_cast<std::uint32_t>(goal - geometry.first_block_of(group)) : 0;
        BlockRun const run = TRY(take_in_group(volume, group, from, wanted, fit));
        if (run.length != 0)
            return run;
    }
    return fail(Status::no_space);
}

Result<> free_blocks(Volume& volume, BlockNumber first, std::uint64_t count)
{
    TRY(volume.begin_change());
    Geometry const& geometry = volume.geometry();
    if (!geometry.contains(first, count))
        return fail(Status::corrupt);
    while (count > 0) {
        GroupNumber const group = geometry.group_of(first);
        BlockNumber const group_end = geometry.first_block_of(group) + geometry.blocks_in(group);
        auto const part = static_cast<std::uint32_t>(std::min(count, group_end - first));
        TRY(free_in_group(volume, group, first, part));
        first += part;
        count -= part;
    }
    return {};
}

}  // namespace ext4
