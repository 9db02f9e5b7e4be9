// Which parts of the address space are files, so that these stay open, however often and in which
// order parts are unmapped; and which are other memory that children share.
#pragma once
#include "libc/posix/open_file.hpp"
#include <memory>

namespace posix {

// What other processes know as the same memory.
struct SharedMemory {
    std::uint64_t number = 0;  // 0: not asked for yet
    std::uint32_t volume = 0;
    std::uint64_t shift = 0;  // from an address to an offset in it
};

struct MappedRegion {
    std::uint64_t begin, end;
    FileReference file;  // none: memory without a file
    bool is_shared;
    SharedMemory memory;  // if it is shared
    MappedRegion* next = nullptr;
};

// A list, because memory cannot be asked for where it is changed: that ends in mmap itself.
class MappedRegions {
public:
    using Owned = std::unique_ptr<MappedRegion>;

    constexpr MappedRegions() = default;
    MappedRegions(MappedRegions&& other) noexcept : first_{std::exchange(other.first_, nullptr)} {}
    MappedRegions& operator=(MappedRegions other) noexcept
    {
        std::swap(first_, other.first_);
        return *this;
    }
    ~MappedRegions()
    {
        while (first_ != nullptr)
            delete std::exchange(first_, first_->next);
    }

    bool is_empty() const { return first_ == nullptr; }
    void add(Owned region);
    // Takes out what lies in the range; whoever drops it closes files. A region that goes on at
    // both sides needs the spare one.
    MappedRegions take(std::uint64_t begin, std::uint64_t end, Owned& spare);

    // With those that reach into the range.
    template <class Visit>
    void for_each(std::uint64_t begin, std::uint64_t end, Visit const& visit) const
    {
        for (MappedRegion* region = first_; region != nullptr; region = region->next)
            if (region->begin < end && begin < region->end)
                visit(*region);
    }

private:
    MappedRegion* first_ = nullptr;
};

}  // namespace posix
