// The message that one call carries: four words in registers, more in the thread's message buffer.
//
//             a0       a1      a2     a3..a6          a7
//   call      handle   header  label  words 0 to 3    syscall number
//   worker    badge    header  label  words 0 to 3    -
//   reply     status   header  label  words 0 to 3    syscall number
//   returned  status   header  label  words 0 to 3    -
//
// A header of zero is the short form: nothing but the four words. Everything else that a message
// may carry is in the sender's MessageBuffer; the kernel copies what the header announces.
#pragma once
#include <cstddef>
#include <cstdint>

namespace abi {

using Word = std::uint64_t;
using HandleValue = std::uint32_t;  // a slot and its generation; 0 is never valid

inline constexpr std::size_t register_words = 4;
inline constexpr std::size_t buffer_words = 64;
inline constexpr std::size_t max_message_handles = 8;
inline constexpr std::size_t max_message_leases = 4;

// The fields of a1. Bits outside them are zero, or the message is a bad_message.
struct MessageHeader {
    Word bits{};

    static constexpr Word word_count_mask = 0x7f;
    static constexpr unsigned handles_shift = 8;
    static constexpr unsigned accepts_shift = 12;
    static constexpr unsigned leases_shift = 16;
    static constexpr Word event_flag = 1ull << 24;  // to a worker: no client, see Event
    // Of a call: what the caller's MessageBuffer has in the field of the same name counts.
    static constexpr Word deadline_flag = 1ull << 26;       // abandoned then, with timed_out
    static constexpr Word soft_deadline_flag = 1ull << 27;  // interrupted then
    static constexpr Word lends_quota_flag = 1ull << 28;
    static constexpr Word deadline_flags = deadline_flag | soft_deadline_flag;
    static constexpr Word caller_flags = deadline_flags | lends_quota_flag;

    constexpr std::size_t word_count() const { return bits & word_count_mask; }
    constexpr std::size_t handle_count() const { return (bits >> handles_shift) & 0xf; }
    constexpr std::size_t accepted_handles() const { return (bits >> accepts_shift) & 0xf; }
    constexpr std::size_t lease_count() const { return (bits >> leases_shift) & 0x7; }

    static constexpr MessageHeader make(std::size_t words, std::size_t handles = 0,
                                        std::size_t accepts = 0, std::size_t leases = 0)
    {
        return {words | handles << handles_shift | accepts << accepts_shift |
                leases << leases_shift};
    }
};

// A capability that travels with a message. `move` takes it from the sender; `rights` (if not 0)
// are the ones that remain.
struct HandleTransfer {
    HandleValue handle{};
    std::uint16_t rights{};
    std::uint16_t move{};
};

// A range of the sender's memory that the receiver may access through the kernel until it replies.
struct Lease {
    static constexpr Word in = 1;   // the receiver may read it
    static constexpr Word out = 2;  // the receiver may write it
    Word address{};
    Word length_bytes{};
    Word access{};
};

// An upcall: the thread is sent to a handler in its own process. Its registers are kept here, and
// are what the handler makes of them when it ends with `upcall_return`. docs/abi.md has the rules.
struct Upcall {
    Word entry;  // where the handler begins. The kernel takes it, and stores 0; upcalls wait
                 // until it is there again
    Word thread_pointer;  // in tp at the entry
    Word bits;            // why somebody sent the thread to its handler, which takes them
    Word registers[32];   // pc, then x1 to x31
};

// In t0 at the handler's entry: scause of the exception, or one of these.
inline constexpr Word upcall_by_system_call = 8;          // its number is not one of the kernel's
inline constexpr Word upcall_by_thread = 1ull << 63 | 1;  // there are `bits`

// One of these belongs to each thread, aligned to its size in memory of the thread's process.
struct alignas(1024) MessageBuffer {
    Word words[buffer_words];
    HandleTransfer handles[max_message_handles];
    Lease leases[max_message_leases];
    Word deadline;    // ticks
    Word lent_bytes;  // of quota: the server may charge so much to the caller
    Upcall upcall;
};
static_assert(sizeof(MessageBuffer) == 1024);

// What a worker is told when it runs without a client (event_flag): label says which event.
enum class Event : Word {
    notification,  // a0: the badge given when bound; a3: the bits that were pending
    closed,        // a0: the badge of an endpoint whose last client handle is gone
};

}  // namespace abi
