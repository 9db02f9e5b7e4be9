// Blocks as parts of pages.
#include "servers/fs/ext4/block_store.hpp"
#include <algorithm>

namespace ext4 {

Block BlockStore::part_of(fs::Page page, BlockNumber number) const
{
    std::size_t const offset = (number & ((1u << blocks_per_page_shift_) - 1))
                               << geometry_.block_shift;
    return Block{std::move(page), offset, geometry_.block_size};
}

Result<Block> BlockStore::get(BlockNumber number)
{
    if (number >= geometry_.block_count)
        return fail(Status::corrupt);
    return part_of(TRY(cache_.get(page_of(number))), number);
}

Result<Block> BlockStore::get_zeroed(BlockNumber number)
{
    if (number >= geometry_.block_count)
        return fail(Status::corrupt);
    if (blocks_per_page_shift_ == 0)
        return part_of(TRY(cache_.get_zeroed(number)), number);

    Block block = part_of(TRY(cache_.get(page_of(number))), number);
    std::ranges::fill(block.data(), std::byte{0});
    return block;
}

void BlockStore::discard(BlockNumber first, std::uint64_t count)
{
    std::uint64_t const per_page = 1u << blocks_per_page_shift_;
    fs::PageNumber const end = page_of(first + count);
    for (fs::PageNumber page = page_of(first + per_page - 1); page < end; ++page)
        cache_.discard(page);
}

void BlockStore::let_go(BlockNumber first, std::uint64_t count)
{
    for (fs::PageNumber page = page_of(first); page < page_of(first + count); ++page)
        cache_.let_go(page);
}

}  // namespace ext4
