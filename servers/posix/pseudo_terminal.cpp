#include "servers/posix/pseudo_terminal.hpp"
#include <new>

namespace posix {
namespace {

constexpr std::size_t piece_bytes = 512;

}  // namespace

class PseudoTerminal::Master final : public TerminalRequests {
public:
    explicit Master(PseudoTerminal& pair)
        : TerminalRequests{pair.service_, pair.terminal_, Access::read_write}, pair_{pair}
    {
    }

    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override
    {
        auto const count =
            pair_.reads_.empty() ? pair_.try_read(buffer) : fail(Status::would_block);
        if (!must_wait(count))
            return count;
        TRY(check_waits());
        return pair_.reads_.wait(buffer, waiter);
    }
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override
    {
        auto const count =
            pair_.writes_.empty() ? pair_.try_write(data) : fail(Status::would_block);
        if (!must_wait(count))
            return count;
        TRY(check_waits());
        return pair_.writes_.wait(data, waiter);
    }
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override
    {
        return pair_.watchers_.poll(wanted, pair_.events(), std::move(notification), bits);
    }
    Result<std::uint32_t> other_end() override { return pair_.number_; }
    void closed() override
    {
        PseudoTerminal& pair = pair_;
        delete this;
        pair.master_closed();
    }

private:
    ~Master() = default;

    PseudoTerminal& pair_;
};

PseudoTerminal::PseudoTerminal(Service& service, std::uint32_t number)
    : service_{service}, number_{number}, terminal_{service, *this}
{
    service_.interruptibles.add(*this);
    service_.pseudo_terminals[number_] = this;
}

PseudoTerminal::~PseudoTerminal()
{
    service_.pseudo_terminals[number_] = nullptr;
    service_.interruptibles.remove(*this);
}

Result<File> PseudoTerminal::create(Service& service)
{
    auto& all = service.pseudo_terminals;
    auto const place = std::ranges::find(all, nullptr);
    if (place == all.end())
        return fail(Status::no_space);
    auto const number = static_cast<std::uint32_t>(place - all.begin());
    auto* const pair = new (std::nothrow) PseudoTerminal{service, number};
    if (pair == nullptr)
        return fail(Status::no_memory);
    auto* const master = new (std::nothrow) Master{*pair};
    if (master == nullptr) {
        delete pair;
        return fail(Status::no_memory);
    }
    auto endpoint = service.pool.endpoint(*master);
    if (!endpoint) {
        master->closed();
        return fail(endpoint.error());
    }
    return File{*std::move(endpoint)};
}

void PseudoTerminal::master_closed()
{
    has_master_ = false;
    terminal_.hang_up();
    if (terminal_.open_files() == 0)
        delete this;
}

// Also when a file of the terminal was closed; the last one of both ends is the end.
void PseudoTerminal::output_changed()
{
    if (!has_master_) {
        if (terminal_.open_files() == 0)
            delete this;
        return;
    }
    while (!reads_.empty()) {
        auto const count = try_read(reads_.front().lease);
        if (must_wait(count))
            break;
        reads_.answer_front(count);
    }
    watchers_.tell();
}

void PseudoTerminal::input_taken()
{
    while (!writes_.empty()) {
        auto const count = try_write(writes_.front().lease);
        if (must_wait(count))
            break;
        writes_.answer_front(count);
    }
    watchers_.tell();
}

Result<std::uint32_t> PseudoTerminal::try_read(sys::LeaseOut const& buffer)
{
    if (buffer.size() == 0)
        return 0;
    if (terminal_.has_output())
        return terminal_.take_output(buffer);
    return fail(terminal_.is_left() ? Status::io_error : Status::would_block);
}

// What the terminal has no room for waits, so that a program that types too fast loses nothing.
Result<std::uint32_t> PseudoTerminal::try_write(sys::LeaseIn const& data)
{
    std::array<std::byte, piece_bytes> bytes;
    std::uint32_t done = 0;
    while (done < data.size() && terminal_.input_room() != 0) {
        auto const length = std::min(bytes.size(), terminal_.input_room());
        auto const count = data.read(done, std::span{bytes}.first(length));
        if (!count && done == 0)
            return fail(count.error());
        if (!count)
            break;
        terminal_.receive({reinterpret_cast<std::uint8_t const*>(bytes.data()), *count});
        done += static_cast<std::uint32_t>(*count);
    }
    return done == 0 && data.size() != 0 ? fail(Status::would_block) : Result<std::uint32_t>{done};
}

std::uint16_t PseudoTerminal::events() const
{
    bool const is_over = terminal_.is_left() && !terminal_.has_output();
    return static_cast<std::uint16_t>((terminal_.has_output() || is_over ? poll_in : 0) |
                                      (terminal_.input_room() != 0 ? poll_out : 0) |
                                      (is_over ? poll_hang_up : 0));
}

void PseudoTerminal::interrupt(ProcessNumber waiter)
{
    reads_.interrupt(waiter);
    writes_.interrupt(waiter);
}

}  // namespace posix
