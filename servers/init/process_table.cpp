#include "servers/init/process_table.hpp"

namespace init {

Result<Process*> ProcessTable::add(ProcessDescription const& description, sys::Handle process,
                                   sys::Notification const& notification, std::uint64_t ended_bits)
{
    Process* const entry = find_free();
    auto const watched = sys::process_watch(process.value(), notification.handle(), ended_bits);
    if (entry == nullptr || !watched) {
        TRY(sys::process_kill(process.value(), 0));  // nobody would know how it ends
        return fail(Status::no_memory);
    }
    entry->assign(++last_number_, description, std::move(process));
    return entry;
}

Process const* ProcessTable::find(std::uint64_t kernel_number) const
{
    for (Process const& process : processes_)
        if (process.is_running() && process.kernel_number() == kernel_number)
            return &process;
    return nullptr;
}

Process* ProcessTable::find_free()
{
    for (Process& process : processes_)
        if (process.is_free())
            return &process;
    return nullptr;
}

}  // namespace init
