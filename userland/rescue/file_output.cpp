#include "userland/rescue/file_output.hpp"

namespace rescue {

Result<> write_all(File const& file, std::uint64_t offset, std::span<std::byte const> bytes)
{
    while (!bytes.empty()) {
        std::size_t const count = TRY(file.write(offset, bytes));
        if (count == 0 || count > bytes.size())
            return fail(Status::io_error);
        offset += count;
        bytes = bytes.subspan(count);
    }
    return {};
}

Result<> FileOutput::write(std::string_view text)
{
    return held_.add(text, [this] { return finish(); });
}

Result<> FileOutput::finish()
{
    std::span const bytes = held_.take();
    TRY(write_all(file_, offset_, bytes));
    offset_ += bytes.size();
    return {};
}

}  // namespace rescue
