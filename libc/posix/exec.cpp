// execve: another program in place of this one.
#include "lib/posix/exit_code.hpp"
#include "lib/sys/memory.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/inherited.hpp"
#include "libc/posix/limits.hpp"
#include "libc/posix/signal_actions.hpp"
#include "libc/posix/signal_thread.hpp"
#include <cstring>

namespace posix {
namespace {

using Strings = char* const*;

std::size_t count_of(Strings strings, std::size_t& bytes)
{
    std::size_t count = 0;
    for (; strings != nullptr && strings[count] != nullptr; ++count)
        bytes += strlen(strings[count]) + 1;
    return count;
}

// Writes upwards; there is room.
class TextWriter {
public:
    explicit TextWriter(std::byte* at) : at_{at} {}

    void put(void const* source, std::size_t bytes)
    {
        std::memcpy(at_, source, bytes);
        at_ += bytes;
    }
    void put_strings(Strings strings, std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i)
            put(strings[i], strlen(strings[i]) + 1);
    }

private:
    std::byte* at_;
};

InheritedDescriptor described(int number, OpenFile const& file)
{
    auto const path = file.directory_path();
    return {.number = number,
            .handle = file.handle(),
            .kind = file.inherited_kind(),
            .flags = file.flags(),
            .path_bytes = static_cast<std::uint32_t>(path ? path->size() : 0)};
}

// The descriptors that stay open, with which `visit` is called.
template <class Visit>
void for_each_kept(Visit const& visit)
{
    FileTable& table = process_files().table();
    for (int number = 0; number < table.end(); ++number) {
        auto const file = table.find(number);
        if (file && !table.closes_on_exec(number) && file->inherited_kind() != InheritedKind::none)
            visit(number, *file);
    }
}

struct InheritedSizes {
    InheritedHeader header;
    std::size_t bytes = sizeof(InheritedHeader);
};

InheritedSizes measure_inherited(std::string_view current_directory)
{
    InheritedSizes sizes;
    for_each_kept([&](int, OpenFile const& file) {
        auto const path = file.directory_path();
        sizes.bytes += sizeof(InheritedDescriptor) + (path ? path->size() : 0);
        ++sizes.header.descriptor_count;
    });
    sizes.header.ignored = signal_actions().ignored();
    if (auto const* const thread = signal_thread())
        sizes.header.blocked = thread->blocked;
    sizes.header.process_number = static_cast<std::int32_t>(own_process_number());
    sizes.header.mode_mask = process_files().mode_mask();
    sizes.header.descriptor_limit = static_cast<std::uint64_t>(process_files().table().limit());
    sizes.header.file_size_limit = file_size_limit();
    sizes.header.memory_limit = libc::memory_limit();
    sizes.header.current_directory_bytes = static_cast<std::uint32_t>(current_directory.size());
    sizes.bytes += current_directory.size();
    return sizes;
}

void put_inherited(TextWriter& writer, InheritedHeader const& header,
                   std::string_view current_directory)
{
    writer.put(&header, sizeof header);
    for_each_kept([&](int number, OpenFile const& file) {
        auto const record = described(number, file);
        writer.put(&record, sizeof record);
    });
    for_each_kept([&](int, OpenFile const& file) {
        if (auto const path = file.directory_path())
            writer.put(path->data(), path->size());
    });
    writer.put(current_directory.data(), current_directory.size());
}

Result<> prepare(Posix const& server, char const* name, Strings arguments, Strings environment)
{
    auto const path = TRY(process_files().resolve(AT_FDCWD, name));
    std::size_t string_bytes = 0;
    std::size_t const argument_count = count_of(arguments, string_bytes);
    std::size_t const environment_count = count_of(environment, string_bytes);
    auto const current = process_files().current_directory();
    auto const inherited = measure_inherited(current.absolute());

    std::size_t const bytes = string_bytes + inherited.bytes;
    auto const memory = TRY(sys::Memory::create(sys::pages_for(bytes)));
    auto const pages = TRY(memory.map());
    TextWriter writer{pages.data()};
    writer.put_strings(arguments, argument_count);
    writer.put_strings(environment, environment_count);
    put_inherited(writer, inherited.header, current.absolute());
    return server.prepare(path.absolute(), static_cast<std::uint32_t>(argument_count),
                          static_cast<std::uint32_t>(environment_count),
                          static_cast<std::uint32_t>(string_bytes), pages.bytes().first(bytes));
}

}  // namespace

long execute(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return -ENOSYS;
    auto const prepared =
        prepare(**server, pointer<char const>(arguments[0]), pointer<char* const>(arguments[1]),
                pointer<char* const>(arguments[2]));
    if (!prepared)
        return -libc::to_errno(prepared.error());
    // There is no way back from here: the new program has all handles that are open now.
    close_mapped_files();
    process_files().table().close_for_exec();
    process_files().set_root({});
    forget_threads();
    for (;;) {
        auto const* const thread = signal_thread();
        auto const answer = (*server)->become(thread == nullptr ? 0 : all_pending(*thread));
        if (!answer && answer.error() != Status::interrupted)
            sys::exit(ended_by_signal | SIGKILL);
    }
}

}  // namespace posix
