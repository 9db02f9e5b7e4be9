#include "servers/posix/terminal.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/terminal_flags.hpp"
#include <cstring>

namespace posix {
namespace {

TerminalModes modes_of(TerminalSettings const& settings)
{
    TerminalModes modes{.input = settings.input,
                        .output = settings.output,
                        .control = settings.control,
                        .local = settings.local,
                        .characters = {}};
    std::uint64_t const words[] = {settings.characters0, settings.characters1, settings.characters2,
                                   settings.characters3};
    std::memcpy(modes.characters.data(), words, sizeof words);
    return modes;
}

TerminalSettings settings_of(TerminalModes const& modes)
{
    std::uint64_t words[4];
    std::memcpy(words, modes.characters.data(), sizeof words);
    return {.input = modes.input,
            .output = modes.output,
            .control = modes.control,
            .local = modes.local,
            .characters0 = words[0],
            .characters1 = words[1],
            .characters2 = words[2],
            .characters3 = words[3]};
}

}  // namespace

TerminalServer::TerminalServer(Service& service, Console const& device)
    : StreamFile{service, Kind::character_device, Access::read_write}, device_{device}
{
    service.interruptibles.add(*this);
}

Result<> TerminalServer::create_endpoint()
{
    endpoint_ = Terminal{TRY(service().pool.endpoint(*this))};
    return {};
}

Result<File> TerminalServer::open() const
{
    return File{TRY(sys::duplicate(endpoint_.value(), sys::EndpointHandle::passed_rights))};
}

void TerminalServer::begin_session(ProcessNumber session)
{
    session_ = foreground_ = session;
    discipline_.set_modes(TerminalModes::usual());
    if (auto waiting = std::exchange(waiting_for_session_, std::nullopt))
        waiting->send({});
}

void TerminalServer::end_session(std::optional<sys::Reply<PosixSystem::RunCall>> reply,
                                 WaitStatus status)
{
    send_to_group(foreground_, hang_up);
    session_ = foreground_ = 0;
    discipline_.drop_input();
    (void)device_.stop_reading();  // what is typed next is for whoever started the session
    ended_ = std::move(reply);
    ended_status_ = status;
    serve_output();
}

void TerminalServer::wait_for_session(sys::Reply<TerminalLine::WaitForSessionCall> reply)
{
    waiting_for_session_ = std::move(reply);
}

// Who is not in the foreground is stopped. Errors: interrupted (so that it notices)
Result<> TerminalServer::check_turn(ProcessNumber waiter, Signal signal) const
{
    Process* const process = service().processes.find(waiter);
    if (process == nullptr || session_ == 0 || process->membership().session != session_ ||
        process->membership().group == foreground_)
        return {};
    if (process->ignores(signal))
        return signal == terminal_input ? fail(Status::io_error) : Result<>{};
    send_to_group(process->membership().group, signal);
    return fail(Status::interrupted);
}

Result<std::uint32_t> TerminalServer::read_next(sys::LeaseOut buffer, std::int32_t waiter)
{
    TRY(check_turn(waiter, terminal_input));
    if (buffer.size() == 0)
        return 0;
    if (reads_.empty() && (discipline_.can_read() || discipline_.needed() == 0))
        return read_ready(buffer);
    TRY(begin_wait(waiter));
    return reads_.wait(buffer, waiter);
}

Result<std::uint32_t> TerminalServer::read_ready(sys::LeaseOut const& buffer)
{
    std::array<std::uint8_t, 1024> bytes;
    // A buffer that cannot be written takes nothing.
    TRY(buffer.write(0, std::as_bytes(std::span{bytes}).first(0)));
    auto const wanted = std::min<std::uint64_t>(buffer.size(), bytes.size());
    auto const count = discipline_.read(std::span{bytes}.first(wanted));
    TRY(buffer.write(0, std::as_bytes(std::span{bytes}).first(count)));
    return static_cast<std::uint32_t>(count);
}

Result<std::uint32_t> TerminalServer::write_next(sys::LeaseIn data, std::int32_t waiter)
{
    if ((discipline_.modes().local & local_flag::stop_background) != 0)
        TRY(check_turn(waiter, terminal_output));
    if (data.size() == 0)
        return 0;
    if (writes_.empty() && output_.room() >= 2) {
        auto const count = put_from(data);
        serve_output();
        return count;
    }
    TRY(begin_wait(waiter));
    return writes_.wait(data, waiter);
}

// A byte may become two.
Result<std::uint32_t> TerminalServer::put_from(sys::LeaseIn const& data)
{
    std::array<std::byte, 512> bytes;
    std::uint32_t done = 0;
    while (done < data.size() && output_.room() >= 2) {
        auto const length = std::min(bytes.size(), output_.room() / 2);
        auto const count = data.read(done, std::span{bytes}.first(length));
        if (!count && done == 0)
            return fail(count.error());
        if (!count)
            break;
        for (std::byte const byte : std::span{bytes}.first(*count))
            discipline_.put(std::to_integer<std::uint8_t>(byte));
        done += static_cast<std::uint32_t>(*count);
    }
    return done;
}

void TerminalServer::received(std::span<std::uint8_t const> bytes)
{
    for (std::uint8_t const byte : bytes)
        discipline_.receive(byte);
    advance();
    serve_output();
}

void TerminalServer::advance()
{
    while (!reads_.empty() && discipline_.can_read())
        reads_.answer_front(read_ready(reads_.front().lease));
    while (!writes_.empty() && output_.room() >= output_bytes / 2)
        writes_.answer_front(put_from(writes_.front().lease));
    watchers_.tell();
}

void TerminalServer::wait_for_output(sys::Reply<TerminalLine::ToSendCall> reply,
                                     sys::LeaseOut buffer)
{
    waiting_output_.emplace(std::move(reply), buffer);
    serve_output();
}

void TerminalServer::tell_end()
{
    if (auto ended = std::exchange(ended_, std::nullopt))
        ended->send(ended_status_);
}

void TerminalServer::serve_output()
{
    if (!waiting_output_)
        return;
    if (output_.empty())
        tell_end();
    if (output_.empty() || is_held_)
        return;
    if (auto waiting = std::exchange(waiting_output_, std::nullopt))
        waiting->reply.send(output_.move_to(waiting->buffer));
    advance();
}

std::uint16_t TerminalServer::events() const
{
    return static_cast<std::uint16_t>((discipline_.can_read() ? poll_in : 0) |
                                      (output_.room() >= output_bytes / 2 ? poll_out : 0));
}

Result<std::uint16_t> TerminalServer::poll(std::uint16_t wanted, Notification notification,
                                           std::uint64_t bits)
{
    return watchers_.poll(wanted, events(), std::move(notification), bits);
}

Result<TerminalSettings> TerminalServer::settings() { return settings_of(discipline_.modes()); }

Result<> TerminalServer::set_settings(TerminalSettings const& settings, bool, bool drop_input)
{
    if (drop_input)
        discipline_.drop_input();
    discipline_.set_modes(modes_of(settings));
    advance();
    return {};
}

Result<::Terminal::SizeResults> TerminalServer::size()
{
    return ::Terminal::SizeResults{.rows = rows_, .columns = columns_};
}

Result<> TerminalServer::set_size(std::uint16_t rows, std::uint16_t columns)
{
    bool const is_new = rows != rows_ || columns != columns_;
    rows_ = rows;
    columns_ = columns;
    if (is_new)
        send(window_changed);
    return {};
}

Result<std::int32_t> TerminalServer::foreground()
{
    return session_ == 0 ? fail(Status::no_terminal) : Result<std::int32_t>{foreground_};
}

Result<> TerminalServer::set_foreground(std::int32_t group, std::int32_t process)
{
    Process const* const caller = service().processes.find(process);
    if (caller == nullptr || session_ == 0 || caller->membership().session != session_)
        return fail(Status::no_terminal);
    bool exists = false;
    service().processes.for_each([&](Process const& each) {
        exists =
            exists || (each.membership().group == group && each.membership().session == session_);
    });
    if (!exists)
        return fail(Status::not_permitted);
    foreground_ = group;
    return {};
}

Result<> TerminalServer::control(std::int32_t process)
{
    Process* const caller = service().processes.find(process);
    if (caller == nullptr || caller->membership().session != process)
        return fail(Status::not_permitted);
    if (session_ != 0 && session_ != process)
        return fail(Status::not_permitted);
    caller->set_terminal(*this);
    session_ = foreground_ = process;
    return {};
}

Result<> TerminalServer::drop(bool input, bool output)
{
    if (input)
        discipline_.drop_input();
    if (output)
        output_.clear();
    advance();
    return {};
}

void TerminalServer::interrupt(ProcessNumber waiter)
{
    reads_.interrupt(waiter);
    writes_.interrupt(waiter);
}

// What finds no room is an echo: programs wait.
void TerminalServer::show(std::uint8_t byte) { (void)output_.push(std::byte{byte}); }

void TerminalServer::send(Signal signal) { send_to_group(foreground_, signal); }

void TerminalServer::send_to_group(ProcessNumber group, Signal signal) const
{
    if (group == 0)
        return;
    service().processes.for_each([=](Process& process) {
        if (process.membership().group == group)
            process.receive(signal);
    });
}

void TerminalServer::hold_output(bool held)
{
    is_held_ = held;
    serve_output();
}

}  // namespace posix
