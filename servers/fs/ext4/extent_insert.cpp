// Adding to an extent tree: runs join their neighbours where they can, so that a file written in
// order stays one extent until 128 MiB.
#include "servers/fs/ext4/block_allocator.hpp"
#include "servers/fs/ext4/extent_path.hpp"
#include "servers/fs/ext4/extent_tree.hpp"
#include "servers/fs/ext4/volume.hpp"

namespace ext4 {

namespace {

std::uint64_t end_of(Mapping const& run) { return std::uint64_t{run.logical} + run.length; }

bool can_join(Mapping const& left, Mapping const& right)
{
    std::uint32_t const longest = left.state == Mapping::State::written
                                      ? disk::Extent::max_written_length
                                      : disk::Extent::max_unwritten_length;
    return left.state == right.state && end_of(left) == right.logical &&
           left.physical + left.length == right.physical && left.length + right.length <= longest;
}

// Entries i and i + 1 become one if they are parts of one run.
void join_at(ExtentNode const& leaf, std::size_t i)
{
    if (i + 1 >= leaf.count())
        return;
    Mapping left = mapping_of(leaf.extent(i));
    Mapping const right = mapping_of(leaf.extent(i + 1));
    if (!can_join(left, right))
        return;
    left.length += right.length;
    leaf.extent(i) = extent_of(left);
    leaf.remove(i + 1);
}

// The run is where the tree has nothing.
bool is_in_hole(ExtentNode const& leaf, int at, Mapping const& run)
{
    auto const next = static_cast<std::size_t>(at + 1);
    if (at >= 0 && end_of(mapping_of(leaf.extent(next - 1))) > run.logical)
        return false;
    return next >= leaf.count() || leaf.first_of(next) >= end_of(run);
}

bool joined_left(ExtentNode const& leaf, int at, Mapping const& run)
{
    if (at < 0)
        return false;
    auto const i = static_cast<std::size_t>(at);
    Mapping left = mapping_of(leaf.extent(i));
    if (!can_join(left, run))
        return false;
    left.length += run.length;
    leaf.extent(i) = extent_of(left);
    join_at(leaf, i);
    return true;
}

}  // namespace

Result<> insert_extent(Volume& volume, Inode& inode, Mapping const& run)
{
    ExtentPath path = TRY(ExtentPath::find(volume, inode, run.logical));
    if (!is_in_hole(path.leaf(), path.at(), run))
        return fail(Status::corrupt);
    if (!joined_left(path.leaf(), path.at(), run)) {
        path = TRY(ExtentPath::with_room(volume, inode, run.logical, 1));
        auto const place = static_cast<std::size_t>(path.at() + 1);
        path.leaf().insert(place, extent_of(run));
        join_at(path.leaf(), place);
    }
    path.leaf_changed(volume, inode);
    inode.add_blocks(run.length, volume.geometry());
    inode.recent = {};
    return {};
}

Result<> mark_written(Volume& volume, Inode& inode, Mapping const& run)
{
    constexpr std::size_t most_pieces = 3;  // what is left of the extent on both sides of the run
    ExtentPath const path = TRY(ExtentPath::with_room(volume, inode, run.logical, most_pieces - 1));
    ExtentNode const& leaf = path.leaf();
    if (path.at() < 0)
        return fail(Status::corrupt);
    auto at = static_cast<std::size_t>(path.at());
    Mapping const whole = mapping_of(leaf.extent(at));
    if (whole.state != Mapping::State::unwritten || end_of(whole) < end_of(run))
        return fail(Status::corrupt);

    leaf.remove(at);
    if (end_of(run) < end_of(whole))
        leaf.insert(at, extent_of(whole.from(run.logical + run.length)));
    leaf.insert(at, extent_of({run.logical, run.length, run.physical, Mapping::State::written}));
    if (whole.logical < run.logical) {
        Mapping left = whole;
        left.length = run.logical - whole.logical;
        leaf.insert(at, extent_of(left));
        ++at;
    }
    join_at(leaf, at);
    if (at > 0)
        join_at(leaf, at - 1);
    path.leaf_changed(volume, inode);
    inode.recent = {};
    return {};
}

}  // namespace ext4
