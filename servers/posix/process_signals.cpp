// Signals. Which handler a process has, and what it blocks, only its own C library knows: here a
// signal is a bit that is sent to its first thread, and the end of all that it waits for.
#include "lib/posix/exit_code.hpp"
#include "servers/posix/process.hpp"

namespace posix {

bool Process::receive(Signal signal, SignalDetails const& details, Receiver receiver)
{
    if (signal == 0 || state_ == State::ended)
        return false;
    if (signal == kill) {
        (void)sys::process_kill(kernel_.process.value(), ended_by_signal | kill);
        return false;
    }
    if ((set_of(signal) & (stopping_by_default | set_of(go_on))) != 0)
        stop_is_due_ = signal != go_on;
    if (signal == go_on && state_ == State::stopped) {
        state_ = State::running;
        news_ = continued;
        has_news_ = true;
        stopped_->send({});
        stopped_.reset();
        tell_parent();
    }
    if (ignores(signal))
        return false;
    bool const has_details = signal_queue_.add(signal, details, receiver.thread);
    sent_since_prepare_ |= set_of(signal);
    interrupt_waits();
    (void)sys::upcall(receiver.handle != 0 ? receiver.handle : kernel_.thread.value(),
                      set_of(signal));
    return has_details;  // else it comes as a bit only
}

void Process::interrupt_waits()
{
    for (auto& waiting : std::exchange(waiting_, {}))
        waiting.reply.send(fail(Status::interrupted));
    for (auto& paused : std::exchange(paused_, {}))
        paused.send({});
    service_.interruptibles.interrupt(number_);
}

Result<> Process::send(std::int32_t which, std::uint32_t signal)
{
    if (signal > last_signal)
        return fail(Status::bad_argument);
    Status status = Status::no_process;
    service_.processes.for_each([&](Process& target) {
        bool const everybody = which == -1 && &target != this;
        if (!everybody && (which == -1 || !target.is_meant_by(which, membership_.group)))
            return;
        if (!may_signal(target, signal)) {
            status = status == Status::no_process ? Status::not_permitted : status;
            return;
        }
        status = Status::ok;
        target.receive(signal, details_of_own(signal_code::by_user));
    });
    return to_result(status);
}

SignalDetails Process::details_of_own(std::int32_t code) const
{
    return {.code = code, .process = number_, .user = user_->credentials().real_user};
}

Result<> Process::send_queued(std::int32_t number, std::uint32_t signal,
                              SignalDetails const& wanted)
{
    // Only a timer's own signals are taken for those.
    if (signal > last_signal || wanted.code >= 0 || wanted.code == signal_code::by_timer)
        return fail(Status::bad_argument);
    Process* const target = service_.processes.find(number);
    if (target == nullptr)
        return fail(Status::no_process);
    if (!may_signal(*target, signal))
        return fail(Status::not_permitted);
    if (signal != 0 && !target->signal_queue_.has_room())
        return fail(Status::would_block);
    auto details = details_of_own(wanted.code);
    details.value = wanted.value;
    target->receive(signal, details);
    return {};
}

Result<SignalDetails> Process::signal_details(std::uint32_t signal, std::int32_t thread)
{
    auto details = TRY(signal_queue_.take(signal, thread));
    if (details.code == signal_code::by_timer)
        if (auto const timer = find_timer(details.process))
            details.user = (*timer)->take_overrun();
    return details;
}

Result<> Process::end_waits()
{
    interrupt_waits();
    return {};
}

bool Process::may_signal(Process const& target, Signal signal) const
{
    bool const goes_on_in_session =
        signal == go_on && target.membership_.session == membership_.session;
    return goes_on_in_session || user_->may_signal(*target.user_);
}

Result<> Process::ignore_signals(std::uint64_t ignored, bool forget_children, bool only_ends)
{
    ignored_ = ignored;
    forgets_children_ = forget_children;
    only_ends_ = only_ends;
    return {};
}

Result<Thread> Process::thread() { return Thread{TRY(sys::duplicate(kernel_.thread.value()))}; }

Result<> Process::pause()
{
    paused_.push_back(TRY(sys::take_reply<Posix::PauseCall>()));
    return fail(sys::later);
}

Result<> Process::stop(std::uint32_t signal, bool was_sent)
{
    if (stopped_)
        return fail(Status::busy);
    if (was_sent && !stop_is_due_)
        return {};
    stopped_ = TRY(sys::take_reply<Posix::StopCall>());
    stop_is_due_ = false;
    state_ = State::stopped;
    news_ = posix::stopped(signal);
    has_news_ = true;
    tell_parent();
    return fail(sys::later);
}

}  // namespace posix
