// All processes that init has started and that somebody may still ask about.
#pragma once
#include "lib/sys/notification.hpp"
#include "servers/init/process.hpp"
#include <array>

namespace init {

class ProcessTable {
public:
    static constexpr std::size_t capacity = 64;
    static constexpr std::uint32_t own_number = 1;  // init's own; 0 is the kernel's

    // `ended_bits` of `notification` will be signalled when the process has ended.
    // Errors: no_memory - the table is full; the process is killed
    Result<Process*> add(ProcessDescription const& description, sys::Handle process,
                         sys::Notification const& notification, std::uint64_t ended_bits);

    // The one that runs and has this ProcessInfo::number; null: none of them.
    Process const* find(std::uint64_t kernel_number) const;

    auto begin() { return processes_.begin(); }
    auto end() { return processes_.end(); }
    auto begin() const { return processes_.begin(); }
    auto end() const { return processes_.end(); }

private:
    Process* find_free();

    std::array<Process, capacity> processes_;
    std::uint32_t last_number_ = own_number;
};

}  // namespace init
