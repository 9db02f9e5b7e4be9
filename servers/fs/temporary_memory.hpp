// TemporaryMemory: pages of this server's memory for files that nobody keeps.
#pragma once
#include "lib/sys/memory.hpp"
#include "servers/fs/tmpfs/page_memory.hpp"

class TemporaryMemory final : public tmpfs::PageMemory {
public:
    // Errors: no_memory, no_handles
    static Result<TemporaryMemory> create(std::uint64_t pages)
    {
        auto memory = TRY(sys::Memory::create(pages));
        auto view = TRY(memory.map());
        return TemporaryMemory{std::move(memory), std::move(view)};
    }

    std::span<tmpfs::Page> pages() override
    {
        auto* const first = reinterpret_cast<tmpfs::Page*>(view_.data());
        return {first, view_.size_bytes() / sizeof(tmpfs::Page)};
    }
    void forget(std::size_t index) override
    {
        (void)sys::memory_discard(memory_.handle(), index, 1);
    }

private:
    TemporaryMemory(sys::Memory memory, sys::Mapping view)
        : memory_{std::move(memory)}, view_{std::move(view)}
    {
    }

    sys::Memory memory_;
    sys::Mapping view_;
};
