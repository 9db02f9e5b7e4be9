// Where the bytes of reads go and those of writes come from: the caller's buffer, which may be in
// another address space.
#pragma once
#include "lib/base/result.hpp"
#include <cstddef>
#include <span>

namespace fs {

class ReadTarget {
public:
    // `offset` counts from the start of the read. What this returns as an error, the read returns.
    virtual Result<> put(std::size_t offset, std::span<std::byte const> bytes) = 0;

protected:
    ~ReadTarget() = default;
};

class WriteSource {
public:
    virtual Result<> get(std::size_t offset, std::span<std::byte> into) = 0;

protected:
    ~WriteSource() = default;
};

}  // namespace fs
