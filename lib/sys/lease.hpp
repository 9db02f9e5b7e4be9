// Leases as a server sees them: ranges of the caller's memory, reached through the kernel until the
// call is answered. The caller may change their content at any time, so what was read and checked
// has to be used from the copy.
#pragma once
#include "lib/sys/call.hpp"
#include "lib/sys/syscalls.hpp"
#include <algorithm>
#include <array>
#include <span>

namespace sys {

// What both kinds share. Record 0 is the call that this worker serves.
class LeaseBase {
public:
    LeaseBase() = default;  // of no length
    LeaseBase(HandleValue record, std::size_t index, std::uint64_t size)
        : size_{size}, index_{static_cast<std::uint32_t>(index)}, record_{record}
    {
    }

    std::uint64_t size() const { return size_; }
    std::uint32_t index() const { return index_; }

protected:
    // How much of `length` bytes at `offset` the lease has.
    std::size_t within(std::uint64_t offset, std::size_t length) const
    {
        return offset >= size_ ? 0 : std::min<std::uint64_t>(length, size_ - offset);
    }
    HandleValue record() const { return record_; }

private:
    std::uint64_t size_ = 0;
    std::uint32_t index_ = 0;
    HandleValue record_ = 0;
};

// A range that the server may read.
class LeaseIn : public LeaseBase {
public:
    using LeaseBase::LeaseBase;

    // The number of bytes copied: all, or what lies before the end of the lease.
    // Errors: lease_fault (answer it before anything is committed), bad_address, cancelled
    Result<std::size_t> read(std::uint64_t offset, std::span<std::byte> destination) const
    {
        std::size_t const length = within(offset, destination.size());
        for (std::size_t done = 0; done < length;)  // the kernel stops when an interrupt comes
            done += TRY(lease_read(record(), index(), offset + done,
                                   destination.subspan(done, length - done)));
        return length;
    }
};

// A range that the server may write.
class LeaseOut : public LeaseBase {
public:
    using LeaseBase::LeaseBase;

    // As LeaseIn::read.
    Result<std::size_t> write(std::uint64_t offset, std::span<std::byte const> source) const
    {
        std::size_t const length = within(offset, source.size());
        for (std::size_t done = 0; done < length;)
            done += TRY(
                lease_write(record(), index(), offset + done, source.subspan(done, length - done)));
        return length;
    }
};

// The leases of the call that is being served, in the order of their ordinals.
class IncomingLeases {
public:
    // One that an older client does not send has no length.
    // Errors: bad_message - a lease without the access that the method needs
    static Result<IncomingLeases> receive(MessageHeader header,
                                          std::span<abi::Word const> needed_access);

    LeaseIn in(std::size_t index) const { return {0, index, sizes_[index]}; }
    LeaseOut out(std::size_t index) const { return {0, index, sizes_[index]}; }

private:
    std::array<std::uint64_t, abi::max_message_leases> sizes_{};
};

// Ranges of our own memory, lent for the length of a call.

inline abi::Lease lend_in(std::span<std::byte const> range)
{
    return {address_of(range.data()), range.size(), abi::Lease::in};
}

inline abi::Lease lend_out(std::span<std::byte> range)
{
    return {address_of(range.data()), range.size(), abi::Lease::out};
}

// Makes the kernel bring in every page of the ranges. False: there is one that is not to be had
// (only where faults are handled: see touch.hpp).
bool touch(std::span<abi::Lease const> leases);

}  // namespace sys
