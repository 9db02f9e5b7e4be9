#include "servers/init/loader/served_file.hpp"

namespace loader {

Result<std::uint64_t> ServedFile::size()
{
    auto const attributes = TRY(file_.attributes());
    return attributes.size;
}

Result<> ServedFile::read(std::uint64_t offset, std::span<std::byte> buffer)
{
    while (!buffer.empty()) {
        auto const count = TRY(file_.read(offset, buffer));
        if (count == 0 || count > buffer.size())
            return fail(Status::bad_executable);
        offset += count;
        buffer = buffer.subspan(count);
    }
    return {};
}

}  // namespace loader
