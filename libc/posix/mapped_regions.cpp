#include "libc/posix/mapped_regions.hpp"

namespace posix {

void MappedRegions::add(Owned region)
{
    region->next = first_;
    first_ = region.release();
}

MappedRegions MappedRegions::take(std::uint64_t begin, std::uint64_t end, Owned& spare)
{
    MappedRegions taken;
    for (MappedRegion** link = &first_; *link != nullptr;) {
        MappedRegion& region = **link;
        bool const goes_on = region.end > end;
        if (region.end <= begin || region.begin >= end) {
            link = &region.next;
        } else if (region.begin >= begin && !goes_on) {
            *link = region.next;
            taken.add(Owned{&region});
        } else if (region.begin >= begin) {
            region.begin = end;
        } else {
            if (Owned rest = goes_on ? std::exchange(spare, nullptr) : nullptr) {
                *rest = {end, region.end, region.file, region.is_shared, region.memory};
                add(std::move(rest));
            }
            region.end = begin;
            link = &region.next;
        }
    }
    return taken;
}

}  // namespace posix
