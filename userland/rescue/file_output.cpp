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
    while (!text.empty()) {
        std::size_t const count =
            text.copy(pending_.data() + pending_bytes_, pending_.size() - pending_bytes_);
        pending_bytes_ += count;
        text.remove_prefix(count);
        if (pending_bytes_ == pending_.size())
            TRY(finish());
    }
    return {};
}

Result<> FileOutput::finish()
{
    std::span const bytes{pending_.data(), pending_bytes_};
    pending_bytes_ = 0;
    TRY(write_all(file_, offset_, std::as_bytes(bytes)));
    offset_ += bytes.size();
    return {};
}

}  // namespace rescue
