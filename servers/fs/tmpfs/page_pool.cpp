#include "servers/fs/tmpfs/page_pool.hpp"
#include <cstring>

namespace tmpfs {

Result<PageIndex> PagePool::take()
{
    if (free_count_ == 0)
        return fail(Status::no_space);
    --free_count_;
    PageIndex index = first_free_;
    if (index != 0)
        std::memcpy(&first_free_, (*this)[index].bytes.data(), sizeof first_free_);
    else
        index = ++used_;
    (*this)[index].bytes.fill(std::byte{0});
    return index;
}

void PagePool::give_back(PageIndex index)
{
    std::memcpy((*this)[index].bytes.data(), &first_free_, sizeof first_free_);
    first_free_ = index;
    ++free_count_;
}

}  // namespace tmpfs
