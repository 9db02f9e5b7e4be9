// Groups and sessions.
#include "servers/posix/process.hpp"

namespace posix {

Result<Identity> Process::identity(std::int32_t number)
{
    Process const* const process = number == 0 ? this : service_.processes.find(number);
    if (process == nullptr)
        return fail(Status::no_process);
    return Identity{.process = process->number_,
                    .parent = process->parent_,
                    .group = process->membership_.group,
                    .session = process->membership_.session};
}

// POSIX, setpgid(): oneself or a child, in the same session, that leads none; into a group of its
// own or one of the session.
Result<> Process::set_group(std::int32_t number, std::int32_t group)
{
    if (group < 0)
        return fail(Status::bad_argument);
    Process* const process = number == 0 ? this : service_.processes.find(number);
    if (process == nullptr || (process != this && !process->is_child_of(number_)))
        return fail(Status::no_process);
    if (process->membership_.session != membership_.session ||
        process->membership_.session == process->number_)
        return fail(Status::not_permitted);
    ProcessNumber const wanted = group == 0 ? process->number_ : group;
    bool exists = wanted == process->number_;
    service_.processes.for_each([&](Process const& other) {
        exists = exists || (other.membership_.group == wanted &&
                            other.membership_.session == membership_.session);
    });
    if (!exists)
        return fail(Status::not_permitted);
    process->membership_.group = wanted;
    return {};
}

Result<std::int32_t> Process::new_session()
{
    bool leads_group = false;
    service_.processes.for_each([&](Process const& other) {
        leads_group = leads_group || other.membership_.group == number_;
    });
    if (leads_group)
        return fail(Status::not_permitted);
    membership_ = {number_, number_, nullptr};
    apply_priority();
    return number_;
}

}  // namespace posix
