// PageWindow: memory that processes map to see a file, a page here and there; what MappedPages
// needs of the kernel.
#pragma once
#include "lib/base/result.hpp"
#include "servers/fs/tree/file_system.hpp"

namespace fs {

class PageWindow {
public:
    // A page that is there. It is changed only while writes are allowed.
    virtual std::span<std::byte, file_page_bytes> bytes_of(std::uint64_t number) const = 0;

    // What new_page() has been filled with becomes a page; writes are not allowed yet. A page that
    // could not be taken away stays, and gets that content.
    // Errors: no_memory
    virtual std::span<std::byte, file_page_bytes> new_page() = 0;
    virtual Result<> supply(std::uint64_t number) = 0;

    // Of those of the pages that are there: whether processes may write to them without asking.
    virtual void allow_writes(std::uint64_t first, std::uint64_t count, bool allowed) = 0;
    // Takes pages away from all who see them.
    virtual void discard(std::uint64_t first, std::uint64_t count) = 0;

protected:
    ~PageWindow() = default;
};

}  // namespace fs
