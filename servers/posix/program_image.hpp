// ProgramImage: what is never written of a program (its code, its constants), as memory that all
// processes share that run it, and that no fork copies.
#pragma once
#include "generated/interfaces/file.hpp"
#include "lib/base/shared.hpp"
#include "lib/elf/image.hpp"
#include "lib/sys/memory.hpp"
#include <vector>

namespace posix {

class ProgramImage {
public:
    // Reads it from a file of so many bytes. Errors: bad_executable, too_large (more than
    // `most_pages`), no_memory, io_error, corrupt
    static Result<ProgramImage> read(File const& file, std::uint64_t file_bytes,
                                     std::uint64_t most_pages);

    std::uint64_t page_count() const { return page_count_; }

    // Where the program wants it; nothing may be there. Errors: bad_argument, no_memory
    Result<> map_into(sys::HandleValue process) const;

private:
    struct Part {
        std::uint64_t address;  // of the first page
        std::uint64_t first_page;
        std::uint64_t page_count;
        bool is_executable;
    };

    ProgramImage() = default;
    Result<> add_parts(elf::Image const& image, std::uint64_t most_pages);
    Result<> fill(File const& file, elf::Image const& image);

    sys::Memory memory_;  // nobody has the right to write it
    std::vector<Part> parts_;
    std::uint64_t page_count_ = 0;
};
using SharedImage = Shared<ProgramImage>;

}  // namespace posix
