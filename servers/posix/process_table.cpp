#include "servers/posix/process_table.hpp"
#include "servers/posix/process.hpp"
#include <algorithm>

namespace posix {

bool ProcessTable::is_used(ProcessNumber number) const
{
    return std::ranges::any_of(used(), [number](Process const* process) {
        return process->number() == number || process->membership().group == number ||
               process->membership().session == number;
    });
}

Result<ProcessNumber> ProcessTable::new_number()
{
    if (count_ == capacity)
        return fail(Status::would_block);
    do
        last_ = last_ == last_number ? server_number + 1 : last_ + 1;
    while (is_used(last_));
    return last_;
}

void ProcessTable::add(Process& process)
{
    rows_[count_++] = &process;
    ++made_;
}

std::size_t ProcessTable::running() const
{
    return static_cast<std::size_t>(std::ranges::count_if(
        used(), [](Process const* process) { return process->facts().state == 'R'; }));
}

void ProcessTable::remove(Process const& process)
{
    *std::ranges::find(rows_, &process) = rows_[--count_];
}

Process* ProcessTable::find(ProcessNumber number) const
{
    auto const row = std::ranges::find(used(), number, &Process::number);
    return row == used().end() ? nullptr : *row;
}

Process* ProcessTable::find_from(ProcessNumber number) const
{
    Process* lowest = nullptr;
    for (Process* const each : used())
        if (each->number() >= number && (lowest == nullptr || each->number() < lowest->number()))
            lowest = each;
    return lowest;
}

}  // namespace posix
