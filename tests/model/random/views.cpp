// What threads see of the kernel.
#include "tests/model/random/views.hpp"
#include "tests/model/check/survey.hpp"
#include <algorithm>

namespace model {

using namespace kernel;

namespace {

constexpr std::size_t kept[] = {reg::sp, reg::gp, reg::tp, 8,  9,  18, 19, 20,
                                21,      22,      23,      24, 25, 26, 27};
constexpr std::size_t cleared[] = {reg::ra, 5, 6, 7, reg::a7, 28, 29, 30, 31};
constexpr std::uint64_t ecall_bytes = 4;

bool is_address(std::size_t i) { return i == reg::sp || i == reg::gp || i == reg::tp; }

// What user code leaves in its registers; what the kernel clears must not show any of it.
void make_noise(Frame& user, std::uint64_t number)
{
    for (std::size_t i = 1; i < 32; i++)
        if (!is_address(i))
            user.x[i] = 0x5eed'0000'0000'0000 | number << 8 | i;
}

void check_cleared(Frame const& user, Thread const& thread)
{
    for (std::size_t const i : cleared)
        require(user.x[i] == 0, "what a call clobbers reads as zero", &thread);
}

bool was(View const& view, abi::Syscall call)
{
    return view.phase == View::Phase::in_call && view.saved.x[reg::a7] == abi::number(call);
}

}  // namespace

std::uint64_t Views::new_view()
{
    views_.emplace_back();
    return views_.size() - 1;
}

View& Views::at(std::uint64_t number)
{
    if (number == 0 || number >= views_.size())
        broken("a thread has somebody else's tp");
    return views_[number];
}

void Views::leaves_user_mode(Hart& hart, Trap trap)
{
    Frame const& user = machine.state(hart).user;
    View& view = at(user.x[reg::tp]);
    require(view.thread == hart.current, "a thread traps with its own registers", hart.current);
    view.phase = trap == Trap::system_call ? View::Phase::in_call : View::Phase::trapped;
    view.saved = user;
}

void Views::check_start(View& view, Frame const& user)
{
    Thread const& thread = *view.thread;
    check_cleared(user, thread);
    for (std::size_t const i : kept)
        require(is_address(i) || user.x[i] == 0, "a thread starts with empty registers", &thread);
    require(user.x[reg::sp] == 0x30000, "a thread starts with its stack", &thread);
    bool const is_worker = thread.pool != nullptr;
    std::uint64_t const entry = is_worker ? World::entry_pc : World::entry_pc / 2;
    require(user.x[reg::pc] == entry, "a thread starts at its entry", &thread);
    view.request = user.x[reg::a3];
    view.fp_value = 0;
}

void Views::check_return(View& view, Frame const& user)
{
    Thread const& thread = *view.thread;
    for (std::size_t const i : kept)
        require(user.x[i] == view.saved.x[i], "a call keeps what a function keeps", &thread);
    require(user.x[reg::pc] == view.saved.x[reg::pc] + ecall_bytes, "a call goes on behind itself",
            &thread);
    check_cleared(user, thread);
    bool const answered =
        was(view, abi::Syscall::call) && user.x[reg::a0] == std::to_underlying(Status::ok);
    if (!answered)
        return;
    require(user.x[reg::a3] == reply_to(view.token), "a caller gets the answer to its question",
            &thread);
    calls_answered++;
}

void Views::be_handler(Thread& thread, Frame& user)
{
    abi::Upcall& upcall = thread.buffer->upcall;
    require(upcall.entry == 0, "a handler begins once", &thread);
    require(user.x[reg::tp] == handler_tp, "a handler has its thread pointer", &thread);
    std::copy_n(upcall.registers, 32, user.x);
    thread.x[reg::tp] = user.x[reg::tp];  // views are found by it
    upcall.bits = 0;
    upcall.entry = handler_pc;
    upcalls_taken++;
}

void Views::enters_user_mode(Hart& hart)
{
    Frame& user = machine.state(hart).user;
    if (user.x[reg::pc] == handler_pc)
        be_handler(*hart.current, user);
    View& view = at(user.x[reg::tp]);
    if (view.thread == nullptr)
        view.thread = hart.current;
    require(view.thread == hart.current, "a thread goes on with its own registers", hart.current);
    require(view.phase != View::Phase::user, "a thread enters user mode once", view.thread);
    bool const in_call = view.phase == View::Phase::in_call;
    view.asks_again = in_call && user.x[reg::pc] == view.saved.x[reg::pc];
    bool const is_new = view.phase != View::Phase::trapped && !view.asks_again;
    if (view.asks_again) {
        // A long one says in its arguments how far it has come.
        require(user.x[reg::a7] == view.saved.x[reg::a7], "a call is repeated", view.thread);
    } else if (view.phase == View::Phase::trapped) {
        for (std::size_t i = 0; i < 32; i++)
            require(user.x[i] == view.saved.x[i], "a trap changes no register", view.thread);
    } else if (!in_call || was(view, abi::Syscall::reply)) {
        check_start(view, user);
    } else {
        check_return(view, user);
    }
    view.phase = View::Phase::user;
    if (!is_new)
        return;
    make_noise(user, user.x[reg::tp]);
    user.x[reg::pc] = World::entry_pc / 4;
}

}  // namespace model
