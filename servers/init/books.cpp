#include "servers/init/books.hpp"
#include "lib/sys/syscalls.hpp"
#include <algorithm>

namespace init {

static Result<Books> kernel_row(sys::HandleValue root)
{
    auto const info = TRY(sys::kernel_info(root));
    return Books{.id = 0,
                 .used_bytes = info.kernel_bytes,
                 .quota_bytes = info.total_bytes,
                 .threads = static_cast<std::uint32_t>(info.hart_count),
                 .name = "kernel"};
}

// What a process has handed on to those that it pays for is on their rows.
static std::uint64_t handed_on(ProcessTable const& processes, std::uint32_t payer)
{
    std::uint64_t bytes = 0;
    for (Process const& process : processes)
        if (process.is_running() && process.payer() == payer)
            bytes += process.quota_bytes();
    return bytes;
}

static Result<Books> process_row(ProcessTable const& processes, std::uint32_t number,
                                 std::string_view name, sys::HandleValue process)
{
    auto const info = TRY(sys::process_info(process));
    std::uint64_t const own_bytes =
        info.used_bytes - std::min(info.used_bytes, handed_on(processes, number));
    return Books{.id = number,
                 .own_cycles = info.own_cycles,
                 .lent_cycles = info.lent_cycles,
                 .used_bytes = own_bytes,
                 .quota_bytes = info.quota_bytes,
                 .threads = info.thread_count,
                 .events = info.events,
                 .quanta_waited = info.quanta_waited,
                 .name = name};
}

Result<Books> books_row(ProcessTable const& processes, sys::HandleValue root, std::uint32_t index)
{
    constexpr std::uint32_t fixed_rows = 2;
    if (index == 0)
        return kernel_row(root);
    if (index == 1)
        return process_row(processes, ProcessTable::own_number, "init", sys::own_process);

    std::uint32_t row = fixed_rows;
    for (Process const& process : processes)
        if (process.is_running() && row++ == index)
            return process_row(processes, process.number(), process.name(), process.handle());
    return fail(Status::not_found);
}

static Result<sys::HandleValue> process_with(ProcessTable const& processes, std::uint32_t id)
{
    if (id == ProcessTable::own_number)
        return sys::own_process;
    for (Process const& process : processes)
        if (process.is_running() && process.number() == id)
            return process.handle();
    return fail(Status::not_found);
}

static std::string_view name_of(ProcessTable const& processes, std::uint64_t kernel_number,
                                std::uint64_t own_number)
{
    if (kernel_number == own_number)
        return "init";
    Process const* const process = processes.find(kernel_number);
    return process != nullptr ? process->name() : std::string_view{};
}

Result<Visit> visit_of(ProcessTable const& processes, std::uint32_t id, std::uint32_t place)
{
    sys::HandleValue const process = TRY(process_with(processes, id));
    auto const info = TRY(sys::process_info(process));
    if (place >= std::size(info.visits) || info.visits[place].ticks == 0)
        return fail(Status::not_found);
    auto const own = TRY(sys::process_info(sys::own_process));
    abi::Visit const& visit = info.visits[place];
    return Visit{.name = name_of(processes, visit.process, own.number), .ticks = visit.ticks};
}

}  // namespace init
