#include "servers/posix/terminal_file.hpp"
#include "servers/posix/serve.hpp"
#include "servers/posix/system_tree.hpp"
#include <new>

namespace posix {

Result<File> TerminalFile::create(Service& service, TerminalCore& core, Access access)
{
    return serve<File>(service, std::unique_ptr<TerminalFile>{
                                    new (std::nothrow) TerminalFile{service, core, access}});
}

Result<Attributes> TerminalFile::attributes()
{
    return SystemTree{service(), server_number}.attributes(place_of(service(), core()));
}

Result<std::uint32_t> TerminalFile::read_next(sys::LeaseOut buffer, std::int32_t waiter)
{
    if (!can_read())
        return fail(Status::wrong_access);
    auto const count = core().try_read(buffer, waiter);
    if (!must_wait(count))
        return count;
    TRY(check_waits());
    return core().wait_to_read(buffer, waiter);
}

Result<std::uint32_t> TerminalFile::write_next(sys::LeaseIn data, std::int32_t waiter)
{
    if (!can_write())
        return fail(Status::wrong_access);
    auto const count = core().try_write(data, waiter);
    if (!must_wait(count))
        return count;
    TRY(check_waits());
    return core().wait_to_write(data, waiter);
}

Result<std::uint16_t> TerminalFile::poll(std::uint16_t wanted, Notification notification,
                                         std::uint64_t bits)
{
    return core().poll(wanted, std::move(notification), bits);
}

void TerminalFile::closed()
{
    TerminalCore& terminal = core();
    delete this;
    terminal.file_closed();
}

}  // namespace posix
