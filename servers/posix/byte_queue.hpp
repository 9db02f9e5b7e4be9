// Bytes on their way between leases, in memory of a fixed size.
#pragma once
#include "lib/sys/lease.hpp"
#include <algorithm>
#include <array>
#include <cstring>

namespace posix {

template <std::size_t Capacity>
class ByteQueue {
public:
    std::size_t size() const { return size_; }
    std::size_t room() const { return Capacity - size_; }
    bool empty() const { return size_ == 0; }

    // As much as is there and as the lease takes. Errors: those of leases, if nothing was moved
    Result<std::uint32_t> move_to(sys::LeaseOut const& lease)
    {
        std::size_t moved = 0;
        while (moved < lease.size() && size_ != 0) {
            auto const length = std::min({size_, Capacity - first_, lease.size() - moved});
            auto const copied = lease.write(moved, std::span{bytes_}.subspan(first_, length));
            if (!copied && moved == 0)
                return fail(copied.error());
            if (!copied)
                break;
            first_ = (first_ + *copied) % Capacity;
            size_ -= *copied;
            moved += *copied;
        }
        return static_cast<std::uint32_t>(moved);
    }

    // As much as there is room for. Errors: as above
    Result<std::uint32_t> take_from(sys::LeaseIn const& lease)
    {
        std::size_t moved = 0;
        while (moved < lease.size() && size_ != Capacity) {
            auto const end = (first_ + size_) % Capacity;
            auto const length = std::min({room(), Capacity - end, lease.size() - moved});
            auto const copied = lease.read(moved, std::span{bytes_}.subspan(end, length));
            if (!copied && moved == 0)
                return fail(copied.error());
            if (!copied)
                break;
            size_ += *copied;
            moved += *copied;
        }
        return static_cast<std::uint32_t>(moved);
    }

    // One that finds no room is lost; false then.
    bool push(std::byte byte)
    {
        if (size_ == Capacity)
            return false;
        bytes_[(first_ + size_++) % Capacity] = byte;
        return true;
    }

    void clear() { size_ = 0; }

private:
    std::array<std::byte, Capacity> bytes_;
    std::size_t first_ = 0;
    std::size_t size_ = 0;
};

}  // namespace posix
