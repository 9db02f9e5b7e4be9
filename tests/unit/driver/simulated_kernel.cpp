#include "tests/unit/driver/simulated_kernel.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/touch.hpp"
#include <cstdlib>
#include <cstring>

static SimulatedKernel* kernel = nullptr;
static constexpr sys::EcallResult success{Status::ok, 0, 0};

// Nor do they lend memory.
extern "C" bool sys_read_nothing(std::uint64_t) { std::abort(); }
extern "C" bool sys_write_nothing(std::uint64_t) { std::abort(); }

namespace sys {

EcallResult ecall(abi::Syscall call, std::uint64_t argument0, std::uint64_t argument1,
                  std::uint64_t argument2, std::uint64_t argument3, std::uint64_t argument4,
                  std::uint64_t argument5, std::uint64_t argument6)
{
    return kernel->handle(
        call, {argument0, argument1, argument2, argument3, argument4, argument5, argument6});
}

// Calls between programs are not simulated.
Status call(HandleValue, Registers&) { std::abort(); }
void reply(Status, Registers const&) { std::abort(); }

abi::MessageBuffer& message_buffer()
{
    static abi::MessageBuffer buffer;
    return buffer;
}

abi::StartInfo const& start_info()
{
    static abi::StartInfo const info{.timebase_hz = 10'000'000};
    return info;
}

Ticks now() { return 0; }

void log_line(std::string_view) {}

Result<Handle> Environment::take(std::string_view name)
{
    auto handle = kernel->granted(std::string{name});
    if (handle == 0)
        return fail(Status::not_granted);
    return Handle{handle};
}

}  // namespace sys

SimulatedKernel::SimulatedKernel() { kernel = this; }
SimulatedKernel::~SimulatedKernel() { kernel = nullptr; }

void SimulatedKernel::grant_device(SimulatedDevice& device)
{
    auto registers = grants_["registers"] = next_handle_++;
    register_bases_[registers] = device.base();
    grants_["interrupt"] = next_handle_++;
    grants_["notification"] = next_handle_++;
    grants_["dma"] = next_handle_++;
    grants_["memory"] = make_memory(16);
}

void SimulatedKernel::place_device(std::uint64_t physical_address, SimulatedDevice& device)
{
    bases_by_address_[physical_address] = device.base();
}

sys::EcallResult SimulatedKernel::make_registers(std::uint64_t physical_address)
{
    auto found = bases_by_address_.find(physical_address);
    if (found == bases_by_address_.end())
        return {Status::busy, 0, 0};
    register_bases_[next_handle_] = found->second;
    return {Status::ok, next_handle_++, 0};
}

abi::HandleValue SimulatedKernel::granted(std::string const& name) const
{
    auto found = grants_.find(name);
    return found == grants_.end() ? 0 : found->second;
}

abi::HandleValue SimulatedKernel::make_memory(std::uint64_t page_count)
{
    memories_[next_handle_].resize(page_count * abi::page_size);
    return next_handle_++;
}

std::byte* SimulatedKernel::content_of(abi::HandleValue memory, std::uint64_t page)
{
    return memories_.at(memory).data() + page * abi::page_size;
}

void SimulatedKernel::arrive(std::vector<std::byte> lease) { leases_[0] = std::move(lease); }

std::optional<SimulatedKernel::Answer> SimulatedKernel::answer(std::size_t index) const
{
    auto found = answers_.find(records_.at(index));
    if (found == answers_.end())
        return std::nullopt;
    return found->second;
}

std::vector<std::byte> const& SimulatedKernel::lease_of(std::size_t index) const
{
    return leases_.at(records_.at(index));
}

sys::EcallResult SimulatedKernel::handle(abi::Syscall call, std::uint64_t const (&arguments)[7])
{
    auto handle = static_cast<abi::HandleValue>(arguments[0]);
    switch (call) {
    case abi::Syscall::detach:
        return detach();
    case abi::Syscall::complete:
        answers_[handle] = {static_cast<Status>(arguments[2]), arguments[3]};
        return success;
    case abi::Syscall::lease_read:
        return access_lease(arguments, false);
    case abi::Syscall::lease_write:
        return access_lease(arguments, true);
    case abi::Syscall::memory_create:
        return {Status::ok, make_memory(arguments[1]), 0};
    case abi::Syscall::map:
        return map(static_cast<abi::HandleValue>(arguments[1]));
    case abi::Syscall::memory_size:
        if (register_bases_.contains(handle))
            return {Status::ok, 1, 0};
        if (!memories_.contains(handle))
            return {Status::bad_handle, 0, 0};
        return {Status::ok, memories_.at(handle).size() / abi::page_size, 0};
    case abi::Syscall::memory_dma_address: {
        auto memory = static_cast<abi::HandleValue>(arguments[1]);
        return {Status::ok, reinterpret_cast<std::uint64_t>(content_of(memory, arguments[2])), 0};
    }
    case abi::Syscall::signal:
        signalled[handle] |= arguments[1];
        return success;
    case abi::Syscall::close:
        closed.insert(handle);
        return success;
    case abi::Syscall::interrupt_complete:
        ++completed_interrupts;
        return success;
    case abi::Syscall::unmap:
        return success;
    case abi::Syscall::device_memory_create:
        return make_registers(arguments[1]);
    case abi::Syscall::notification_create:
        return {Status::ok, next_handle_++, 0};
    case abi::Syscall::interrupt_create:
        interrupt_sources.push_back(arguments[1]);
        return {Status::ok, next_handle_++, 0};
    case abi::Syscall::dma_space_create:
        ++dma_spaces;
        return {Status::ok, next_handle_++, 0};
    default:
        std::abort();
    }
}

sys::EcallResult SimulatedKernel::detach()
{
    auto record = next_handle_++;
    records_.push_back(record);
    leases_[record] = std::move(leases_[0]);
    return {Status::ok, record, 0};
}

sys::EcallResult SimulatedKernel::map(abi::HandleValue memory)
{
    auto registers = register_bases_.find(memory);
    if (registers != register_bases_.end())
        return {Status::ok, registers->second, 0};
    return {Status::ok, reinterpret_cast<std::uint64_t>(content_of(memory, 0)), 0};
}

// Arguments: record, index, offset, address, length.
sys::EcallResult SimulatedKernel::access_lease(std::uint64_t const (&arguments)[7], bool writes)
{
    if (lease_status != Status::ok)
        return {lease_status, 0, 0};
    auto& lease = leases_.at(static_cast<abi::HandleValue>(arguments[0]));
    if (arguments[2] + arguments[4] > lease.size())
        return {Status::out_of_range, 0, 0};
    void* ours = lease.data() + arguments[2];
    void* theirs = reinterpret_cast<void*>(arguments[3]);
    std::memcpy(writes ? ours : theirs, writes ? theirs : ours, arguments[4]);
    return {Status::ok, arguments[4], 0};
}
