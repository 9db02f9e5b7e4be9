// Moves a message from one thread to another: what its header announces, or nothing.
#include "kernel/ipc/ipc.hpp"
#include "kernel/ipc/lend.hpp"
#include <algorithm>

namespace kernel::ipc {

using abi::HandleTransfer;
using abi::MessageHeader;

namespace {

constexpr std::uint64_t known_bits =
    MessageHeader::word_count_mask | 0xfull << MessageHeader::handles_shift |
    0xfull << MessageHeader::accepts_shift | 0x7ull << MessageHeader::leases_shift;

bool is_valid(MessageHeader header)
{
    return (header.bits & ~known_bits) == 0 && header.word_count() <= abi::buffer_words &&
           header.handle_count() <= abi::max_message_handles &&
           header.accepted_handles() <= abi::max_message_handles &&
           header.lease_count() <= abi::max_message_leases;
}

// The sender may change its buffer at any time, so what was checked is kept here.
struct Checked {
    HandleTransfer transfer[abi::max_message_handles];
    Capability* entry[abi::max_message_handles];
};

Result<> check_handles(Thread& sender, Thread& receiver, std::size_t count, Checked& checked)
{
    for (std::size_t i = 0; i < count; i++) {
        checked.transfer[i] = sender.buffer->handles[i];
        HandleTransfer const& wanted = checked.transfer[i];
        checked.entry[i] = TRY(sender.process->caps.find(wanted.handle));
        if (wanted.move == 0 && !has(checked.entry[i]->rights, Right::duplicate))
            return fail(Status::no_right);
        for (std::size_t j = 0; j < i; j++)
            if (checked.entry[j] == checked.entry[i])
                return fail(Status::bad_message);
    }
    std::uint64_t const reserved = std::min(count, receiver.reserved_handles);
    if (!receiver.process->caps.has_room_for(count - reserved))
        return fail(Status::no_handles);
    return {};
}

void move_handles(Thread& sender, Thread& receiver, std::size_t count, Checked& checked)
{
    std::uint64_t const reserved = std::min(count, receiver.reserved_handles);
    receiver.reserved_handles -= reserved;
    receiver.process->caps.release(reserved);
    for (std::size_t i = 0; i < count; i++) {
        Capability& entry = *checked.entry[i];
        HandleTransfer const& wanted = checked.transfer[i];
        Rights const rights = wanted.rights != 0 ? entry.rights & wanted.rights : entry.rights;
        auto const handle = receiver.process->caps.install(*entry.object, rights, entry.rights);
        receiver.buffer->handles[i] = {*handle, rights, 0};
        if (wanted.move != 0)
            sender.process->caps.clear(entry);
    }
}

}  // namespace

void drop_moved_handles(Thread& sender, std::size_t count)
{
    for (std::size_t i = 0; i < count && i < abi::max_message_handles; i++) {
        HandleTransfer const wanted = sender.buffer->handles[i];
        auto const entry = sender.process->caps.find(wanted.handle);
        if (wanted.move != 0 && entry)
            sender.process->caps.clear(**entry);
    }
}

Result<std::uint64_t> transfer(Thread& sender, Thread& receiver, std::uint64_t bits)
{
    MessageHeader const header{bits};
    if (!is_valid(header))
        return fail(Status::bad_message);
    std::size_t const handles = header.handle_count();
    Checked checked;
    if (handles != 0)
        TRY(check_handles(sender, receiver, handles, checked));

    // Nothing below can fail.
    move_handles(sender, receiver, handles, checked);
    for (std::size_t i = 0; i < header.word_count(); i++)
        receiver.buffer->words[i] = sender.buffer->words[i];
    if (header.lease_count() != 0)
        lend(sender, receiver, header.lease_count());
    return MessageHeader::make(header.word_count(), handles, 0, header.lease_count()).bits;
}

}  // namespace kernel::ipc
