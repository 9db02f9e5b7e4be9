// Between the pages of mapped files and a file system.
#pragma once
#include "servers/fs/tree/transfer.hpp"
#include <algorithm>

class FromPage final : public fs::WriteSource {
public:
    explicit FromPage(std::span<std::byte const> page) : page_{page} {}
    Result<> get(std::size_t offset, std::span<std::byte> into) override
    {
        std::ranges::copy(page_.subspan(offset, into.size()), into.begin());
        return {};
    }

private:
    std::span<std::byte const> page_;
};

class ToPage final : public fs::ReadTarget {
public:
    explicit ToPage(std::span<std::byte> page) : page_{page} {}
    Result<> put(std::size_t offset, std::span<std::byte const> bytes) override
    {
        std::ranges::copy(bytes, page_.subspan(offset).begin());
        return {};
    }

private:
    std::span<std::byte> page_;
};
