// A small system on the simulated machine, and what its threads do.
#pragma once
#include "kernel/syscall/table.hpp"
#include "tests/model/machine/machine.hpp"

namespace model {

using abi::HandleValue;
using abi::Status;
using kernel::CallRecord;
using kernel::Endpoint;
using kernel::Notification;
using kernel::Pool;
using kernel::Process;
using kernel::system;

// What a system call gave back.
struct Answer {
    Status status;
    std::uint64_t value;
    std::uint64_t words[5];  // a2 to a6
};

class World {
public:
    static constexpr abi::Ticks quantum = 100;
    static constexpr kernel::VirtAddr user_page = 0x20000;  // read-write memory of each process
    static constexpr std::uint64_t entry_pc = 0x40000;      // where workers start

    // Starts the kernel: `harts` of them, all asleep, and a first process without threads.
    explicit World(unsigned harts = 1, std::uint64_t frames = 512);

    Process& root() const { return *root_; }
    Process& new_process(std::uint64_t quota = 1 << 18, std::uint32_t ceiling = 31);
    Pool& new_pool(Process& process, std::uint32_t priority, std::uint64_t flags = 0);
    Thread& new_worker(Pool& pool);
    Thread& new_thread(Process& process, std::uint32_t priority);
    HandleValue new_endpoint(Pool& pool, std::uint64_t badge);
    HandleValue new_notification(Process& process);

    // Another handle to what `handle` names in `from`.
    HandleValue grant(Process const& from, HandleValue handle, Process& to);
    HandleValue handle_to(Process const& process, kernel::Object const& object) const;
    template <class T>
    T& object(Process const& process, HandleValue handle) const
    {
        return static_cast<T&>(*(*process.caps.find(handle))->object);
    }
    void kill(Process& process);

    Hart& hart(std::size_t index) const { return system.harts[index]; }
    Thread* current(std::size_t index = 0) const { return system.harts[index].current; }

    // The current thread of the hart makes a system call.
    void call(Hart& hart, abi::Syscall number, std::initializer_list<std::uint64_t> arguments);
    // The results of the call from which the hart's current thread has come back.
    static Answer answer(Hart const& hart);

    // Lets every hart take its interrupts until there are none.
    void take_interrupts();
    // Time goes on to `ticks` from now.
    void advance(abi::Ticks ticks) { machine_clock.ticks += ticks; }

    // Runs a system call's function for `process`, without a thread of it.
    using Function = kernel::syscall::Value (*)(kernel::syscall::Context&);
    Result<std::uint64_t> run(Process& process, Function function,
                              std::initializer_list<std::uint64_t> arguments);

private:
    void start_kernel(unsigned harts, std::uint64_t frames);
    void start_root();
    void give_memory(Process& process);
    Thread& add_thread(Process& process, HandleValue pool, std::uint32_t priority);

    Process* root_ = nullptr;
};

}  // namespace model
