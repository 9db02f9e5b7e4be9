// What a process may use, and what it has used.
#include "lib/posix/niceness.hpp"
#include "servers/posix/machine_texts.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>
#include <bit>

namespace posix {
namespace {

constexpr std::uint32_t lowest_crowded_priority = 5;

}  // namespace

// Many processes of one session, or very many of a user, run behind the few of others: a shell
// stays live whatever runs away beside it.
std::uint32_t Process::crowded_priority(UserNumber user) const
{
    constexpr std::uint32_t usual_in_session = 16;
    constexpr std::uint32_t usual_of_user = 128;
    std::uint32_t in_session = 0;
    std::uint32_t of_user = 0;
    service_.processes.for_each([&](Process const& each) {
        if (!each.account_ || each.account_->user != user)
            return;
        ++of_user;
        in_session += each.membership_.session == membership_.session ? 1 : 0;
    });
    auto const crowding = std::max(in_session / usual_in_session, of_user / usual_of_user);
    auto const steps = static_cast<std::uint32_t>(std::bit_width(crowding));
    return most_priority - std::min(steps, most_priority - lowest_crowded_priority);
}

std::uint32_t Process::priority() const
{
    return std::min(crowded_priority(account_->user), most_priority - steps_down(niceness_));
}

// Its first thread's at once; the others get it with the next program.
void Process::apply_priority() const
{
    abi::SchedulingParameters const parameters{.priority = priority()};
    (void)sys::schedule(kernel_.thread.value(), parameters);
}

// The user has a process more or less in this one's session. Those that came before the crowd are
// part of it, too.
void Process::settle_crowd(UserNumber user, std::uint32_t priority_before) const
{
    if (crowded_priority(user) == priority_before)
        return;
    service_.processes.for_each([user](Process const& each) {
        if (each.account_ && each.account_->user == user)
            each.apply_priority();
    });
}

// POSIX, RLIMIT_NPROC: counted by the real user.
bool Process::may_fork() const
{
    if (user_->is_superuser())
        return true;
    std::uint64_t count = 0;
    service_.processes.for_each([&](Process const& each) {
        if (each.user_ && each.user_->credentials().real_user == user_->credentials().real_user)
            ++count;
    });
    return count < limits_.soft(Resource::processes) && service_.processes.has_room_for_users();
}

// Each real user has one account, for as long as it has processes.
Result<SharedAccount> Process::account_for(User const& user) const
{
    UserNumber const number = user.credentials().real_user;
    if (number == User::superuser)
        return service_.accounts.of_superuser();
    if (account_ && account_->user == number)
        return account_;
    SharedAccount found;
    service_.processes.for_each([&](Process const& each) {
        if (each.account_ && each.account_->user == number)
            found = each.account_;
    });
    return found ? found : service_.accounts.make(number);
}

sys::ProcessRequest Process::kernel_process(Account const& account) const
{
    constexpr std::uint64_t handle_slots = 512;
    auto const limit =
        std::min(limits_.soft(Resource::address_space), limits_.soft(Resource::data));
    return {.payer = account.process.value(),
            .quota_bytes = std::min(account.bytes, limit / abi::page_size * abi::page_size),
            .handle_slots = handle_slots,
            .priority_ceiling = priority(),
            .flags = abi::process_draws};
}

namespace {

ResourceLimit to_message(Limit limit) { return {.soft = limit.soft, .hard = limit.hard}; }

bool is_kept_by_library(Resource resource)
{
    return resource == Resource::descriptors || resource == Resource::file_size ||
           resource == Resource::address_space || resource == Resource::data;
}

}  // namespace

Result<Process*> Process::find_own(std::int32_t number)
{
    Process* const process = number == 0 ? this : service_.processes.find(number);
    if (process == nullptr || !process->is_alive())
        return fail(Status::no_process);
    if (process != this && !user_->may_signal(*process->user_))
        return fail(Status::not_permitted);
    return process;
}

Result<ResourceLimit> Process::limit(std::int32_t process, std::uint32_t resource)
{
    Process const* const target = TRY(find_own(process));
    return to_message(TRY(target->limits_.of(resource)));
}

Result<> Process::set_limit(std::int32_t process, std::uint32_t resource, std::uint64_t soft,
                            std::uint64_t hard)
{
    Process& target = *TRY(find_own(process));
    if (&target != this && is_kept_by_library(static_cast<Resource>(resource)))
        return fail(Status::not_supported);
    TRY(target.limits_.set(resource, {soft, hard}, user_->is_superuser()));
    if (static_cast<Resource>(resource) == Resource::cpu_time)
        target.cpu_limit_.start();
    return {};
}

std::uint64_t Process::used_nanoseconds() const { return to_nanoseconds(service_, facts().cycles); }

Result<Usage> Process::usage()
{
    auto const found = facts();
    return Usage{.time = to_nanoseconds(service_, found.cycles),
                 .children_time = to_nanoseconds(service_, found.children_cycles)};
}

bool Process::is_chosen(PriorityOf which, std::int32_t who, Process const& caller) const
{
    switch (which) {
    case PriorityOf::process:
        return number_ == (who == 0 ? caller.number_ : who);
    case PriorityOf::group:
        return membership_.group == (who == 0 ? caller.membership_.group : who);
    case PriorityOf::user:
        break;
    }
    auto const user =
        who == 0 ? caller.user_->credentials().real_user : static_cast<UserNumber>(who);
    return user_->credentials().real_user == user;
}

// The best one that any of them has.
Result<std::int32_t> Process::niceness(PriorityOf which, std::int32_t who)
{
    std::optional<std::int32_t> best;
    service_.processes.for_each([&](Process const& each) {
        if (each.is_alive() && each.is_chosen(which, who, *this))
            best = std::min(best.value_or(most_niceness), each.niceness_);
    });
    if (!best)
        return fail(Status::no_process);
    return *best;
}

Result<> Process::set_niceness(PriorityOf which, std::int32_t who, std::int32_t niceness)
{
    auto const wanted = std::clamp(niceness, 0, most_niceness);
    auto status = Status::no_process;
    service_.processes.for_each([&](Process& each) {
        if (!each.is_alive() || !each.is_chosen(which, who, *this))
            return;
        bool const is_permitted = &each == this || user_->may_signal(*each.user_);
        bool const is_granted =
            niceness >= 0 && (wanted >= each.niceness_ || user_->is_superuser());
        if (is_permitted && is_granted)
            each.set_own_niceness(wanted);
        auto const own = !is_permitted ? Status::not_permitted
                                       : (is_granted ? Status::ok : Status::access_denied);
        status = status == Status::no_process || own != Status::ok ? own : status;
    });
    return to_result(status);
}

void Process::set_own_niceness(std::int32_t niceness)
{
    niceness_ = niceness;
    apply_priority();
}

}  // namespace posix
