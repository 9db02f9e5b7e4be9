#include "servers/posix/terminal_core.hpp"
#include "lib/sys/clock.hpp"
#include "servers/posix/process.hpp"
#include "servers/posix/terminal_file.hpp"
#include "servers/posix/terminal_flags.hpp"

namespace posix {
namespace {

constexpr std::uint64_t milliseconds_of_time_unit = 100;  // what VTIME counts

}  // namespace

TerminalCore::TerminalCore(Service& service, TerminalDevice& device)
    : service_{service}, device_{device}
{
    service_.interruptibles.add(*this);
}

TerminalCore::~TerminalCore()
{
    service_.set_timer(read_timer_, abi::never);
    service_.interruptibles.remove(*this);
    service_.processes.for_each([this](Process& process) {
        if (process.membership().terminal == this)
            process.set_terminal(nullptr);
    });
}

Result<File> TerminalCore::open(Access access, bool is_superuser)
{
    if (is_exclusive_ && !is_superuser)
        return fail(Status::busy);
    auto file = TRY(TerminalFile::create(service_, *this, access));
    ++open_files_;
    was_opened_ = true;
    return file;
}

void TerminalCore::file_closed()
{
    if (--open_files_ == 0)
        is_exclusive_ = false;
    device_.output_changed();
}

Result<std::uint32_t> TerminalCore::try_read(sys::LeaseOut const& buffer, ProcessNumber waiter)
{
    TRY(check_turn(waiter, terminal_input));
    if (buffer.size() == 0 || is_hung_up_)
        return 0;
    bool const may_wait = discipline_.least_bytes() != 0 || discipline_.time_units() != 0;
    if (reads_.empty() && (discipline_.can_read(buffer.size()) || !may_wait)) {
        auto const count = read_ready(buffer);
        device_.input_taken();
        return count;
    }
    return fail(Status::would_block);
}

Result<std::uint32_t> TerminalCore::wait_to_read(sys::LeaseOut const& buffer, ProcessNumber waiter)
{
    bool const is_first = reads_.empty();
    auto const waits = reads_.wait(buffer, waiter);
    if (is_first && !reads_.empty())
        time_first_read(discipline_.size() != 0);
    return waits;
}

// With VTIME, a read ends so long after its beginning, or if VMIN is set, after the latest byte.
void TerminalCore::time_first_read(bool has_byte)
{
    bool const is_timed = discipline_.time_units() != 0 && !reads_.empty() &&
                          (discipline_.least_bytes() == 0 || has_byte);
    auto const time = sys::milliseconds(discipline_.time_units() * milliseconds_of_time_unit);
    service_.set_timer(read_timer_, is_timed ? sys::now() + time : abi::never);
}

void TerminalCore::end_first_read()
{
    if (reads_.empty())
        return;
    reads_.answer_front(read_ready(reads_.front().lease));
    time_first_read(discipline_.size() != 0);
    advance();
}

Result<std::uint32_t> TerminalCore::read_ready(sys::LeaseOut const& buffer)
{
    std::array<std::uint8_t, 1024> bytes;
    // A buffer that cannot be written takes nothing.
    TRY(buffer.write(0, std::as_bytes(std::span{bytes}).first(0)));
    auto const wanted = std::min<std::uint64_t>(buffer.size(), bytes.size());
    auto const count = discipline_.read(std::span{bytes}.first(wanted));
    TRY(buffer.write(0, std::as_bytes(std::span{bytes}).first(count)));
    return static_cast<std::uint32_t>(count);
}

Result<std::uint32_t> TerminalCore::try_write(sys::LeaseIn const& data, ProcessNumber waiter)
{
    if (is_hung_up_)
        return fail(Status::io_error);
    if ((modes().local & local_flag::stop_background) != 0)
        TRY(check_turn(waiter, terminal_output));
    if (data.size() == 0)
        return 0;
    if (!writes_.empty() || output_.room() < 2)
        return fail(Status::would_block);
    auto const count = put_from(data);
    device_.output_changed();
    return count;
}

Result<std::uint32_t> TerminalCore::wait_to_write(sys::LeaseIn const& data, ProcessNumber waiter)
{
    return writes_.wait(data, waiter);
}

// A byte may become two.
Result<std::uint32_t> TerminalCore::put_from(sys::LeaseIn const& data)
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

void TerminalCore::receive(std::span<std::uint8_t const> bytes)
{
    for (std::uint8_t const byte : bytes)
        discipline_.receive(byte);
    advance();
    if (!reads_.empty())
        time_first_read(discipline_.size() != 0);
    device_.output_changed();
}

void TerminalCore::advance()
{
    while (!reads_.empty() && discipline_.can_read(reads_.front().lease.size()))
        reads_.answer_front(read_ready(reads_.front().lease));
    while (!writes_.empty() && output_.room() >= output_bytes / 2)
        writes_.answer_front(put_from(writes_.front().lease));
    watchers_.tell();
}

Result<std::uint32_t> TerminalCore::take_output(sys::LeaseOut const& buffer)
{
    auto const count = output_.move_to(buffer);
    advance();
    return count;
}

void TerminalCore::hang_up()
{
    is_hung_up_ = true;
    if (Process* const leader = service_.processes.find(session_); leader != nullptr) {
        leader->receive(posix::hang_up);
        leader->receive(go_on);
    }
    session_ = foreground_ = 0;
    reads_.answer_all(0);
    writes_.answer_all(fail(Status::io_error));
    watchers_.tell();
}

std::uint16_t TerminalCore::events() const
{
    if (is_hung_up_)
        return poll_in | poll_hang_up;
    std::uint64_t const wanted = discipline_.time_units() == 0 ? discipline_.least_bytes() : 1;
    return static_cast<std::uint16_t>((discipline_.can_read(wanted) ? poll_in : 0) |
                                      (output_.room() >= output_bytes / 2 ? poll_out : 0));
}

Result<std::uint16_t> TerminalCore::poll(std::uint16_t wanted, Notification notification,
                                         std::uint64_t bits)
{
    return watchers_.poll(wanted, events(), std::move(notification), bits);
}

void TerminalCore::interrupt(ProcessNumber waiter)
{
    reads_.interrupt(waiter);
    writes_.interrupt(waiter);
    if (reads_.empty())
        time_first_read(false);
}

// What finds no room is an echo: programs wait.
void TerminalCore::show(std::uint8_t byte) { (void)output_.push(std::byte{byte}); }

void TerminalCore::hold_output(bool held)
{
    is_held_ = held;
    device_.output_changed();
}

}  // namespace posix
