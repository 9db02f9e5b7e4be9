#include "servers/init/loader/archived_file.hpp"
#include <algorithm>

namespace loader {

Result<ArchivedFile> ArchivedFile::open(program::LoaderInput const& input)
{
    sys::Memory archive{sys::Handle{input.archive}};
    auto content = TRY(sys::Mapping::create({.memory = archive.handle(),
                                             .first_page = input.archive_offset / abi::page_size,
                                             .page_count = sys::pages_for(input.archive_bytes)}));
    return ArchivedFile{std::move(archive), std::move(content), input};
}

Result<> ArchivedFile::read(std::uint64_t offset, std::span<std::byte> buffer)
{
    if (offset > bytes_ || buffer.size() > bytes_ - offset)
        return fail(Status::bad_executable);
    std::ranges::copy(content_.bytes().subspan(offset, buffer.size()), buffer.begin());
    return {};
}

Result<bool> ArchivedFile::map_in_place(elf::Segment const& segment)
{
    if (segment.writable || segment.file_bytes != segment.memory_bytes)
        return false;
    TRY(sys::map({.memory = archive_.handle(),
                  .address = segment.first_page_address(),
                  .first_page = first_page_ + segment.file_offset / abi::page_size,
                  .page_count = segment.page_count(),
                  .protection = segment.executable ? sys::protect_read | sys::protect_execute
                                                   : sys::protect_read}));
    return true;
}

}  // namespace loader
