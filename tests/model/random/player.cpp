// Plays steps of threads.
#include "tests/model/random/player.hpp"
#include "kernel/mm/user_memory.hpp"
#include "tests/model/check/survey.hpp"
#include "tests/model/world/pick.hpp"

namespace model {

using namespace kernel;
using abi::Syscall;
using Kind = Op::Kind;

namespace {

// The first two pages have message buffers.
constexpr VirtAddr copy_page = World::user_page + 2 * page_size;
constexpr VirtAddr parameter_page = World::user_page + 3 * page_size;
constexpr VirtAddr lent_page = World::user_page + 4 * page_size;
constexpr VirtAddr futex_word = parameter_page + page_size - 64;
constexpr VirtAddr nowhere = 0x7000'0000;

std::uint64_t deadline_of(std::uint32_t number)
{
    return number % 3 == 0 ? abi::never : machine_clock.ticks + number % 300;
}

}  // namespace

void Player::do_call(Hart& hart, Syscall number, Arguments arguments)
{
    set_call(hart, number, arguments);
    machine.system_call(hart);
}

// The header of a message, and what it announces in the buffer.
std::uint64_t Player::prepare_message(Thread const& thread, Op const& op)
{
    if (op.b % 4 != 0)
        return 0;
    Process const& process = *thread.process;
    std::uint64_t const words = op.b / 4 % 70;
    std::uint64_t const handles = op.b / 512 % 4 == 0 ? 1 : 0;
    std::uint64_t const accepts = op.b / 2048 % 3;
    std::uint64_t const leases = op.b / 8192 % 3 == 0 ? 1 : 0;
    thread.buffer->handles[0] = {pick_any(process, op.c), abi::all_rights,
                                 static_cast<std::uint16_t>(op.c >> 20 & 1)};
    thread.buffer->leases[0] = {lent_page + op.c % page_size, op.c % 9000, 3};
    return abi::MessageHeader::make(words, handles, accepts, leases).bits;
}

// The same for a call, which may have a deadline, and lend quota.
std::uint64_t Player::prepare_call(Thread const& thread, Op const& op)
{
    using abi::MessageHeader;
    std::uint64_t header = prepare_message(thread, op);
    thread.buffer->deadline = machine_clock.ticks + op.c % 200;
    thread.buffer->lent_bytes = op.c % 3000;
    if (op.c / 256 % 4 == 0)
        header |= MessageHeader::deadline_flag;
    if (op.c / 1024 % 8 == 0)
        header |= MessageHeader::soft_deadline_flag;
    if (op.c / 8192 % 4 == 0)
        header |= MessageHeader::lends_quota_flag;
    return header;
}

void Player::call(Hart& hart, Op const& op)
{
    Thread const& thread = *hart.current;
    View& view = views.of(thread);
    view.token = views.calls_answered * 64 + op.a;
    HandleValue const endpoint = pick(*thread.process, ObjectType::endpoint, op.a);
    do_call(hart, Syscall::call, {endpoint, prepare_call(thread, op), op.c, view.token});
}

void Player::reply(Hart& hart, Op const& op)
{
    Thread const& thread = *hart.current;
    if (thread.pool == nullptr && op.a % 64 != 0)
        return;  // the end of its process: not too often
    std::uint64_t const header = op.a % 4 == 0 ? prepare_message(thread, op) : 0;
    auto const status = std::to_underlying(op.a % 16 == 0 ? Status::busy : Status::ok);
    do_call(hart, Syscall::reply,
            {status, header, op.c, Views::reply_to(views.of(thread).request)});
}

void Player::complete(Hart& hart, Op const& op)
{
    Process const& process = *hart.current->process;
    HandleValue const handle = pick(process, ObjectType::call_record, op.a);
    auto const entry = process.caps.find(handle);
    std::uint64_t answer = 0;
    if (entry)
        if (Thread const* const caller = static_cast<CallRecord*>((*entry)->object)->caller)
            answer = Views::reply_to(views.of(*caller).token);
    std::uint64_t const header = op.b % 4 == 0 ? prepare_message(*hart.current, op) : 0;
    do_call(hart, Syscall::complete, {handle, header, 0, answer});
}

void Player::create_thread(Hart& hart, Op const& op)
{
    Process& process = *hart.current->process;
    constexpr std::uint32_t most_threads = 6;
    HandleValue const pool = op.a % 2 == 0 ? pick(process, ObjectType::pool, op.a) : 0;
    if (process.thread_count >= most_threads || pool == no_handle)
        return;
    auto const parameters = parameters_for(process, pool, op.b % setup_.priorities);
    if (write_user(process.space, parameter_page, std::as_bytes(std::span{&parameters, 1})))
        do_call(hart, Syscall::thread_create, {0, parameter_page});
}

void Player::memory(Hart& hart, Op const& op)
{
    VirtAddr const place = 0x100'0000 + op.b % 8 * page_size;
    std::uint64_t const protection = op.b % 3 == 0 ? 1 : 3;
    switch (op.a % 5) {
    case 0:
        return do_call(hart, Syscall::memory_create, {op.b % 3 == 0 ? 1u : 0u, 1 + op.b % 5});
    case 1:
    case 2:
        return do_call(hart, Syscall::map,
                       {0, pick(*hart.current->process, ObjectType::memory, op.c),
                        op.b % 2 == 0 ? place : 0, 0, 1 + op.c % 3, protection});
    case 3:
        return do_call(hart, Syscall::unmap, {0, place, 1 + op.c % 4});
    default:
        return do_call(hart, Syscall::protect, {0, place, 1 + op.c % 2, protection});
    }
}

void Player::fault(Hart& hart, Op const& op)
{
    if (op.a % 4 != 0 && !hart.current->process->fault_handler)
        return;  // the end of its process: not too often
    machine.fault(hart, arch::Scause::load_page_fault, nowhere);
}

void Player::use_fp(Hart& hart, Op const& op)
{
    if ((cpus[hart.index].sstatus & arch::Sstatus::fs_mask) == 0)
        return machine.fault(hart, arch::Scause::illegal_instruction, 0);
    View& view = views.of(*hart.current);
    std::uint64_t& held = machine.state(hart).fp.f[8];
    require(view.fp_value == 0 || held == view.fp_value,
            "a thread finds what it left in its floating-point registers", hart.current);
    held = view.fp_value = op.a | 1;
}

void Player::schedule(Hart& hart, Op const& op)
{
    Process const& process = *hart.current->process;
    abi::SchedulingParameters parameters{};
    parameters.priority = op.b % setup_.priorities;
    if (op.b / 8 % 3 != 0) {
        parameters.budget = 5 + op.b / 32 % 60;
        parameters.period = parameters.budget + op.c % 200;
    }
    parameters.harts = op.c / 256 % 4 == 0 ? 1 + op.c / 1024 % 15 : 0;
    ObjectType const type = op.a % 4 == 0 ? ObjectType::pool : ObjectType::thread;
    if (write_user(hart.current->process->space, parameter_page,
                   std::as_bytes(std::span{&parameters, 1})))
        do_call(hart, Syscall::schedule, {pick(process, type, op.a / 4), parameter_page});
}

// Of some thread; and the current one takes upcalls from now on, or takes none.
void Player::upcall(Hart& hart, Op const& op)
{
    if (hart.current->pool == nullptr && op.a % 4 != 3)
        hart.current->buffer->upcall = {
            .entry = op.a % 4 == 0 ? 0 : Views::handler_pc,
            .thread_pointer = Views::handler_tp,
            .bits = 0,
            .registers = {},
        };
    do_call(hart, Syscall::upcall,
            {pick(*hart.current->process, ObjectType::thread, op.b), op.c % 16,
             op.c / 16 % 4 == 0 ? abi::upcall_abandons : std::uint64_t{0}});
}

void Player::play_on(Hart& hart, Op const& op)
{
    if (!machine.is_in_user_mode(hart))
        return;
    if (views.of(*hart.current).asks_again)
        return machine.system_call(hart);
    Process const& process = *hart.current->process;
    auto const any = [&](ObjectType type, std::uint32_t number) -> std::uint64_t {
        return pick(process, type, number);
    };
    std::uint64_t const notification = any(ObjectType::notification, op.b);
    std::uint64_t const bit = 1ull << op.c % 8;
    switch (op.kind) {
    case Kind::call:
        return call(hart, op);
    case Kind::reply:
        return reply(hart, op);
    case Kind::detach:
        return do_call(hart, Syscall::detach, {});
    case Kind::complete:
        return complete(hart, op);
    case Kind::lease:
        return do_call(hart, op.b % 2 == 0 ? Syscall::lease_read : Syscall::lease_write,
                       {op.a % 4 == 0 ? any(ObjectType::call_record, op.a) : 0, 0, op.b % 100,
                        copy_page, op.c % 8000});
    case Kind::close:
        return do_call(hart, Syscall::close, {pick_any(process, op.b)});
    case Kind::duplicate:
        return do_call(hart, Syscall::duplicate, {pick_any(process, op.b), abi::all_rights});
    case Kind::notification_create:
        return do_call(hart, Syscall::notification_create, {});
    case Kind::signal:
        return do_call(hart, Syscall::signal, {notification, bit});
    case Kind::wait:
        return do_call(hart, Syscall::wait,
                       {notification, deadline_of(op.a),
                        op.c % 4 == 0 ? abi::wait_shielded : std::uint64_t{0}});
    case Kind::poll:
        return do_call(hart, Syscall::poll, {notification});
    case Kind::arm:
        return do_call(hart, Syscall::arm,
                       {notification, bit, deadline_of(op.a), op.c % 3 == 0 ? op.c % 200 : 0});
    case Kind::bind:
        return do_call(hart, Syscall::bind, {any(ObjectType::pool, op.a), notification, op.c});
    case Kind::pool_create:
        return do_call(hart, Syscall::pool_create,
                       {World::entry_pc, op.b % setup_.priorities, flags_of(op.c),
                        op.c / 16 % 8 * 4, op.c / 128 % 4});
    case Kind::endpoint_create:
        return do_call(hart, Syscall::endpoint_create, {any(ObjectType::pool, op.a), op.b});
    case Kind::revoke:
        return do_call(hart, Syscall::revoke, {any(ObjectType::endpoint, op.a)});
    case Kind::memory:
        return memory(hart, op);
    case Kind::thread_create:
        return create_thread(hart, op);
    case Kind::thread_exit:
        return do_call(hart, Syscall::thread_exit, {});
    case Kind::exit:
        return do_call(hart, Syscall::exit, {op.a});
    case Kind::kill:
        return do_call(hart, Syscall::process_kill, {any(ObjectType::process, op.a), 1});
    case Kind::info:
        return do_call(hart, Syscall::process_info,
                       {op.a % 2 == 0 ? 0 : any(ObjectType::process, op.a), lent_page});
    case Kind::watch:
        return do_call(hart, Syscall::process_watch,
                       {any(ObjectType::process, op.a), notification, bit});
    case Kind::yield:
        return do_call(hart, Syscall::yield, {});
    case Kind::futex_wait:
        return do_call(
            hart, Syscall::futex_wait,
            {futex_word, 0, deadline_of(op.b), op.a % 2 == 0 ? any(ObjectType::thread, op.c) : 0});
    case Kind::futex_wake:
        return do_call(hart, Syscall::futex_wake, {futex_word, op.b % 3});
    case Kind::fault_handler:
        return do_call(hart, Syscall::fault_handler,
                       {0, op.a % 4 == 0 ? 0 : any(ObjectType::endpoint, op.b)});
    case Kind::fault:
        return fault(hart, op);
    case Kind::touch:
        return machine.fault(hart, arch::Scause::store_page_fault,
                             World::user_page + op.a % 3 * page_size);
    case Kind::use_fp:
        return use_fp(hart, op);
    case Kind::schedule:
        return schedule(hart, op);
    case Kind::break_in:
        return do_call(hart, Syscall::interrupt, {any(ObjectType::thread, op.a)});
    case Kind::charge_caller:
        return do_call(hart, Syscall::charge_caller, {op.a % 4 == 0 ? 0u : 1u});
    case Kind::upcall:
        return upcall(hart, op);
    default:
        broken("a step that no thread does");
    }
}

}  // namespace model
