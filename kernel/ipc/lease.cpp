// Leases: a worker reads and writes its caller's memory through the kernel, with one copy.
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/mm/user_memory.hpp"

namespace kernel::ipc {

Result<std::uint64_t> copy_lease(Thread& worker, Thread& lender, std::uint64_t index,
                                 std::uint64_t offset, VirtAddr address, std::uint64_t length,
                                 std::uint64_t access)
{
    if (index >= lender.lease_count)
        return fail(Status::bad_argument);
    abi::Lease const& lease = lender.leases[index];
    if ((lease.access & access) == 0)
        return fail(Status::no_right);
    if (offset > lease.length_bytes)
        return fail(Status::out_of_range);
    constexpr std::uint64_t most = 64 * page_size;  // at a time: other harts may want the kernel
    std::uint64_t const count = std::min({length, lease.length_bytes - offset, most});

    AddressSpace& mine = worker.process->space;
    AddressSpace& theirs = lender.process->space;
    VirtAddr const far = lease.address + offset;
    for (std::uint64_t done = 0; done < count;) {
        std::uint64_t const chunk = std::min(count - done, page_size);
        if (access == abi::Lease::in)
            TRY(copy_user(mine, address + done, theirs, far + done, chunk));
        else
            TRY(copy_user(theirs, far + done, mine, address + done, chunk));
        done += chunk;
        if (arch::is_interrupt_pending())
            return done;
    }
    return count;
}

}  // namespace kernel::ipc
