// Reads and writes whose other end is memory of this process.
#pragma once
#include "servers/fs/tree/transfer.hpp"
#include <algorithm>

namespace fs {

class FromSpan final : public WriteSource {
public:
    explicit FromSpan(std::span<std::byte const> bytes) : bytes_{bytes} {}
    Result<> get(std::size_t offset, std::span<std::byte> into) override
    {
        std::ranges::copy(bytes_.subspan(offset, into.size()), into.begin());
        return {};
    }

private:
    std::span<std::byte const> bytes_;
};

class ToSpan final : public ReadTarget {
public:
    explicit ToSpan(std::span<std::byte> bytes) : bytes_{bytes} {}
    Result<> put(std::size_t offset, std::span<std::byte const> bytes) override
    {
        std::ranges::copy(bytes, bytes_.subspan(offset).begin());
        return {};
    }

private:
    std::span<std::byte> bytes_;
};

}  // namespace fs
