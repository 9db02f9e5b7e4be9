// Listing: directory entries as the records that Directory.list promises, in the client's memory.
#pragma once
#include "lib/sys/lease.hpp"
#include "servers/fs/tree/file_system.hpp"
#include <array>

class Listing final : public fs::EntrySink {
public:
    explicit Listing(sys::LeaseOut buffer) : buffer_{buffer} {}

    bool take(fs::ListedEntry const& entry) override;

    // The bytes in the client's memory. Errors: too_large (no room for a single record), and those
    // of the lease.
    Result<std::uint32_t> finish();

private:
    bool send();

    sys::LeaseOut buffer_;
    std::uint64_t sent_ = 0;
    std::size_t packed_ = 0;
    Status status_ = Status::ok;
    std::array<std::byte, 2048> pack_;  // so that not every entry takes a call to the kernel
};
