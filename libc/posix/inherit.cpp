// What the program that was here before has left, if it became this one by exec.
#include "libc/posix/inherit.hpp"
#include "lib/program/loader_input.hpp"
#include "libc/posix/console_file.hpp"
#include "libc/posix/directory_file.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/limits.hpp"
#include "libc/posix/served_file.hpp"
#include "libc/posix/signal_actions.hpp"
#include "libc/posix/signal_thread.hpp"
#include <sys/auxv.h>

namespace posix {

InheritedHeader const* inherited()
{
    auto const address = getauxval(program::inherited_auxiliary_type);
    auto const* const header = reinterpret_cast<InheritedHeader const*>(address);
    return header != nullptr && header->magic == InheritedHeader::magic_value ? header : nullptr;
}

namespace {

std::span<InheritedDescriptor const> descriptors(InheritedHeader const& header)
{
    return {reinterpret_cast<InheritedDescriptor const*>(&header + 1), header.descriptor_count};
}

FileReference open_again(InheritedDescriptor const& record, std::string_view path)
{
    sys::Handle handle{record.handle};
    switch (record.kind) {
    case InheritedKind::file:
        return FileReference{*new ServedFile{File{std::move(handle)}, record.flags}};
    case InheritedKind::console:
        return FileReference{*new ConsoleFile{Console{std::move(handle)}}};
    case InheritedKind::directory:
        if (auto const full = Path{}.resolve(path))
            return FileReference{
                *new DirectoryFile{Directory{std::move(handle)}, *full, record.flags}};
        break;
    case InheritedKind::none:
        break;
    }
    return {};
}

// Which of the descriptors before this one has the same open file.
FileReference shared_with(std::span<InheritedDescriptor const> before, FileTable& table,
                          abi::HandleValue handle)
{
    for (InheritedDescriptor const& record : before)
        if (record.handle == handle)
            return table.find(record.number);
    return {};
}

}  // namespace

Result<Path> inherit_files(InheritedHeader const& header, FileTable& table)
{
    auto const records = descriptors(header);
    auto const* paths = reinterpret_cast<char const*>(records.data() + records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
        auto const& record = records[i];
        auto file = shared_with(records.first(i), table, record.handle);
        if (!file)
            file = open_again(record, {paths, record.path_bytes});
        paths += record.path_bytes;
        table.set(record.number, std::move(file), false);
    }
    table.set_limit(static_cast<int>(header.descriptor_limit));
    return Path::settled({paths, header.current_directory_bytes});
}

// Before anything else of the program runs. One that is no POSIX process is sent no signals, and
// its faults are told by whoever started it.
[[gnu::constructor(101)]] static void inherit_signals()
{
    if (!door())
        return;
    if (auto const* const header = inherited()) {
        if (getauxval(AT_SECURE) == 0)  // or it is another user's word
            know_process_number(header->process_number);
        signal_actions().ignore(header->ignored & ~ignored_by_default);
        start_signals(enter_first_thread(header->blocked));
        set_file_size_limit(header->file_size_limit);
        libc::limit_memory(header->memory_limit);
        return;
    }
    start_signals(enter_first_thread(0));
}

}  // namespace posix
