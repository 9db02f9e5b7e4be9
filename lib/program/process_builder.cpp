#include "lib/program/process_builder.hpp"
#include "lib/elf/image.hpp"
#include "lib/sys/start_info.hpp"
#include <algorithm>
#include <new>

namespace program {

static_assert(abi::first_message_buffer == abi::StartInfo::address + abi::page_size,
              "the start information and the message buffer are one memory object");

Result<ProcessBuilder> ProcessBuilder::create(std::string_view name,
                                              sys::ProcessRequest const& request,
                                              std::uint64_t text_pages)
{
    ProcessBuilder builder{TRY(sys::process_create(request)), request.priority_ceiling};
    TRY(builder.create_pages(text_pages));
    builder.fill_start_info(name);
    return builder;
}

Result<> ProcessBuilder::create_pages(std::uint64_t text_pages)
{
    start_memory_ = TRY(sys::Memory::create(2));
    start_pages_ = TRY(start_memory_.map());
    new (start_pages_.data()) abi::StartInfo;

    loader_memory_ = TRY(sys::Memory::create(1 + loader_stack_pages + text_pages));
    loader_pages_ = TRY(loader_memory_.map());
    new (loader_pages_.data()) LoaderInput;
    return {};
}

void ProcessBuilder::fill_start_info(std::string_view name)
{
    abi::StartInfo& info = start_info();
    info.magic = abi::StartInfo::magic_value;
    info.timebase_hz = sys::start_info().timebase_hz;
    info.priority = priority_;
    name.copy(info.name, sizeof info.name - 1);
}

Result<> ProcessBuilder::grant_itself()
{
    constexpr sys::Rights own_rights =
        sys::rights(abi::Right::charge, abi::Right::inspect, abi::Right::duplicate);
    start_info().process = TRY(sys::process_grant(process_.value(), process_.value(), own_rights));
    return {};
}

Result<sys::HandleValue> ProcessBuilder::grant(std::string_view name, sys::HandleValue handle,
                                               sys::Rights rights)
{
    auto const value = TRY(sys::process_grant(process_.value(), handle, rights));
    TRY(this->name(name, value));
    return value;
}

Result<> ProcessBuilder::name(std::string_view name, sys::HandleValue own_value)
{
    abi::StartInfo& info = start_info();
    if (info.grant_count == abi::StartInfo::max_grants || name.size() >= sizeof info.grants->name)
        return fail(Status::too_large);

    abi::Grant& grant = info.grants[info.grant_count];
    grant.handle = own_value;
    name.copy(grant.name, name.size());
    ++info.grant_count;
    return {};
}

Result<> ProcessBuilder::load_from_file(sys::HandleValue file)
{
    input().file = TRY(sys::process_grant(process_.value(), file));
    return {};
}

Result<> ProcessBuilder::load_from_archive(Archive const& archive, ArchivedFile const& file)
{
    constexpr sys::Rights rights = sys::rights(abi::Right::read, abi::Right::execute);
    input().archive = TRY(sys::process_grant(process_.value(), archive.memory(), rights));
    input().archive_offset = file.offset;
    input().archive_bytes = file.content.size();
    return {};
}

Result<> ProcessBuilder::add_argument(std::string_view text)
{
    TextSizes& sizes = input().text;
    auto const free_bytes = this->text().subspan(sizes.string_bytes);
    if (text.size() >= free_bytes.size())
        return fail(Status::too_large);
    std::ranges::copy(std::as_bytes(std::span{text}), free_bytes.begin());
    free_bytes[text.size()] = {};
    sizes.string_bytes += static_cast<std::uint32_t>(text.size() + 1);
    ++sizes.argument_count;
    return {};
}

std::span<std::byte> ProcessBuilder::text() const
{
    return loader_pages_.bytes().subspan(text_address - loader_input_address);
}

void ProcessBuilder::set_users(UserNumbers const& users, bool is_more_trusted)
{
    input().users = users;
    input().is_more_trusted = is_more_trusted;
}

Result<> ProcessBuilder::map_pages() const
{
    TRY(sys::map({.process = process_.value(),
                  .memory = start_memory_.handle(),
                  .address = abi::StartInfo::address,
                  .page_count = 1}));
    TRY(sys::map({.process = process_.value(),
                  .memory = start_memory_.handle(),
                  .address = abi::first_message_buffer,
                  .first_page = 1,
                  .page_count = 1,
                  .protection = sys::protect_read | sys::protect_write}));
    TRY(sys::map({.process = process_.value(),
                  .memory = loader_memory_.handle(),
                  .address = loader_input_address,
                  .page_count = loader_pages_.size_bytes() / abi::page_size,
                  .protection = sys::protect_read | sys::protect_write}));
    return {};
}

// The loader has no data, so its pages are the archive's. The result is its entry.
Result<std::uint64_t> ProcessBuilder::map_loader(Archive const& archive) const
{
    auto const file = TRY(archive.find("loader"));
    auto const image = TRY(elf::Image::parse(file.content));
    for (elf::Segment const segment : image.segments()) {
        if (segment.writable || segment.file_bytes != segment.memory_bytes)
            return fail(Status::bad_executable);
        TRY(sys::map({.process = process_.value(),
                      .memory = archive.memory(),
                      .address = segment.first_page_address(),
                      .first_page = (file.offset + segment.file_offset) / abi::page_size,
                      .page_count = segment.page_count(),
                      .protection = sys::protect_read | sys::protect_execute}));
    }
    return image.entry();
}

Result<Started> ProcessBuilder::start(Archive const& archive) &&
{
    TRY(map_pages());
    std::uint64_t const entry = TRY(map_loader(archive));
    auto thread =
        TRY(sys::thread_create(process_.value(), {.entry = entry,
                                                  .stack_pointer = loader_stack_top,
                                                  .message_buffer = abi::first_message_buffer,
                                                  .priority = priority_}));
    return Started{std::move(process_), std::move(thread)};
}

}  // namespace program
