// As much of a kernel as the drivers' servers need: one process, calls with one lease, memory, and
// a device whose registers are simulated.
#pragma once
#include "lib/sys/ecall.hpp"
#include "tests/unit/driver/simulated_device.hpp"
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

class SimulatedKernel {
public:
    // One at a time: system calls go to it.
    SimulatedKernel();
    ~SimulatedKernel();
    SimulatedKernel(SimulatedKernel const&) = delete;
    SimulatedKernel& operator=(SimulatedKernel const&) = delete;

    // Registers, interrupt and notification of `device`, and memory for DMA, are granted.
    void grant_device(SimulatedDevice& device);
    abi::HandleValue granted(std::string const& name) const;

    // `device` has its registers at this physical address.
    void place_device(std::uint64_t physical_address, SimulatedDevice& device);
    // What was made from the root.
    std::vector<std::uint64_t> interrupt_sources;
    int dma_spaces = 0;

    // A handle to new memory.
    abi::HandleValue make_memory(std::uint64_t page_count);
    std::byte* content_of(abi::HandleValue memory, std::uint64_t page);

    // The call that is being served brings this as its only lease. A call that is answered later
    // keeps its lease.
    void arrive(std::vector<std::byte> lease = {});
    std::vector<std::byte> const& lease() const { return leases_.at(0); }

    // The answer to the call that was detached as number `index`, from 0.
    struct Answer {
        Status status;
        std::uint64_t first_word;
    };
    std::optional<Answer> answer(std::size_t index) const;
    std::vector<std::byte> const& lease_of(std::size_t index) const;
    std::size_t detached_count() const { return records_.size(); }

    // What tests look at or change.
    int completed_interrupts = 0;
    Status lease_status = Status::ok;  // what accesses to leases answer
    std::set<abi::HandleValue> closed;
    std::map<abi::HandleValue, std::uint64_t> signalled;  // bits by notification

    sys::EcallResult handle(abi::Syscall call, std::uint64_t const (&arguments)[7]);

private:
    sys::EcallResult access_lease(std::uint64_t const (&arguments)[7], bool writes);
    sys::EcallResult detach();
    sys::EcallResult map(abi::HandleValue memory);
    sys::EcallResult make_registers(std::uint64_t physical_address);

    abi::HandleValue next_handle_ = 1;
    std::map<std::string, abi::HandleValue> grants_;
    std::map<abi::HandleValue, std::vector<std::byte>> memories_;
    std::map<abi::HandleValue, std::uint64_t> register_bases_;
    std::map<std::uint64_t, std::uint64_t> bases_by_address_;
    std::map<abi::HandleValue, std::vector<std::byte>> leases_;  // by record; 0: the current call
    std::vector<abi::HandleValue> records_;
    std::map<abi::HandleValue, Answer> answers_;
};
