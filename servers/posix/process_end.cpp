// How processes end, and how their parents hear of it.
#include "lib/posix/exit_code.hpp"
#include "servers/posix/console_line.hpp"
#include "servers/posix/process.hpp"

namespace posix {
namespace {

Signal signal_of_exception(std::uint64_t cause)
{
    constexpr std::uint64_t bad_instruction = 2;
    constexpr std::uint64_t breakpoint = 3;
    constexpr std::uint64_t misaligned_load = 4;
    constexpr std::uint64_t misaligned_store = 6;
    switch (cause) {
    case bad_instruction:
        return illegal_instruction;
    case breakpoint:
        return trap;
    case misaligned_load:
    case misaligned_store:
        return bus_error;
    default:
        return segment_violation;
    }
}

WaitStatus status_of(abi::ProcessInfo const& info)
{
    if (info.reason == abi::EndReason::exception)
        return signalled(signal_of_exception(info.cause));
    if (info.exit_code < ended_by_signal)
        return exited(info.exit_code);
    // A program that the loader could not load had got rid of its predecessor already.
    bool const has_signal = info.exit_code < 2 * ended_by_signal;
    return signalled(has_signal ? static_cast<Signal>(info.exit_code & 0x7f) : kill);
}

}  // namespace

void Process::check_end()
{
    if (state_ == State::ended)
        return;
    auto const info = sys::process_info(kernel_.process.value());
    if (info && info->reason != abi::EndReason::running)
        end(status_of(*info), info->own_cycles + info->lent_cycles);
}

void Process::end(WaitStatus status, std::uint64_t cycles)
{
    state_ = State::ended;
    kernel_ = {};
    prepared_.reset();
    prepared_file_ = {};
    prepared_user_ = {};
    waiting_.reset();
    stopped_.reset();
    paused_.reset();
    alarm_.stop();
    cycles_ += cycles;
    news_ = status;
    has_news_ = true;
    service_.record_locks.release(number_);
    leave_children();
    if (membership_.terminal != nullptr && membership_.terminal->session() == number_)
        membership_.terminal->end_session();
    if (auto run = std::exchange(run_, std::nullopt))
        service_.console->tell_end(std::move(*run), status);
    tell_parent();
}

// They are the server's from now on, which forgets them when they end.
void Process::leave_children()
{
    service_.processes.for_each([this](Process& child) {
        if (!child.is_child_of(number_))
            return;
        child.parent_ = server_number;
        if (child.state_ == State::ended)
            child.reap();
    });
}

void Process::tell_parent()
{
    Process* const parent = service_.processes.find(parent_);
    if (parent == nullptr) {
        if (state_ == State::ended)
            reap();
        return;
    }
    parent->offer(*this);
    parent->receive(child_ended);
}

void Process::reap()
{
    service_.processes.remove(*this);
    door_ = {};  // then `closed` ends this object
}

bool Process::is_meant_by(ProcessNumber which, ProcessNumber own_group) const
{
    if (which > 0)
        return number_ == which;
    if (which == -1)
        return true;
    return membership_.group == (which == 0 ? own_group : -which);
}

bool Process::has_news(std::uint32_t options) const
{
    if (!has_news_)
        return false;
    if (state_ == State::stopped)
        return (options & report_stopped) != 0;
    if (state_ == State::running)
        return (options & report_continued) != 0;
    return true;
}

Process* Process::child_with_news(ProcessNumber which, std::uint32_t options, bool& has_any) const
{
    Process* found = nullptr;
    has_any = false;
    service_.processes.for_each([&](Process& child) {
        if (!child.is_child_of(number_) || !child.is_meant_by(which, membership_.group))
            return;
        has_any = true;
        if (child.has_news(options))
            found = &child;
    });
    return found;
}

// Of a child; one that has ended is gone after this.
Ended Process::take_news()
{
    has_news_ = false;
    Ended const result{.process = number_, .status = news_, .user_time = cycles_};
    if (state_ == State::ended)
        reap();
    return result;
}

Result<Ended> Process::wait(std::int32_t which, std::uint32_t options)
{
    if ((options & ~all_wait_options) != 0)
        return fail(Status::bad_argument);
    bool has_any = false;
    if (Process* const child = child_with_news(which, options, has_any); child != nullptr) {
        cycles_ += child->state_ == State::ended ? child->cycles_ : 0;
        return child->take_news();
    }
    if (!has_any)
        return fail(Status::no_child);
    if ((options & do_not_wait) != 0)
        return Ended{};
    if (waiting_)
        return fail(Status::busy);
    TRY(begin_wait());
    auto reply = TRY(sys::take_reply<Posix::WaitCall>());
    waiting_ = WaitingForChild{std::move(reply), which, options};
    return fail(sys::later);
}

// A child has news; a parent that waits for that gets it.
void Process::offer(Process& child)
{
    if (!waiting_ || !child.is_meant_by(waiting_->which, membership_.group) ||
        !child.has_news(waiting_->options))
        return;
    cycles_ += child.state_ == State::ended ? child.cycles_ : 0;
    if (auto waiting = std::exchange(waiting_, std::nullopt))
        waiting->reply.send(child.take_news());
}

}  // namespace posix
