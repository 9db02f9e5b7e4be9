// Leases: a worker reads and writes its caller's memory, as far as the caller lends it.
#include "tests/kernel/threads.hpp"
#include <cstring>

namespace {

using namespace test;

constexpr std::uint64_t in = abi::Lease::in;
constexpr std::uint64_t out = abi::Lease::out;

// word0: 0 reads, 1 writes; word1: index; word2: offset; word3: length. Answers the status and the
// count; what it reads is added up.
void use_lease(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t write,
               std::uint64_t index, std::uint64_t offset, std::uint64_t length)
{
    static std::byte bytes[3 * 4096];
    std::span const place{bytes, length};
    if (write != 0)
        std::memset(bytes, 0x5a, sizeof bytes);
    auto const count = write != 0 ? sys::lease_write(0, index, offset, place)
                                  : sys::lease_read(0, index, offset, place);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; count && write == 0 && i < *count; i++)
        sum += std::to_integer<std::uint64_t>(bytes[i]);
    sys::reply(count ? Status::ok : count.error(), {0, 0, {count ? *count : 0, sum, 0, 0}});
}

struct Range {
    std::uint64_t address;
    std::uint64_t length;
    std::uint64_t access;
};

Answer lend(Handle const& endpoint, Range range, bool write, std::uint64_t offset,
            std::uint64_t length, std::uint64_t index = 0)
{
    own_buffer().leases[0] = {range.address, range.length, range.access};
    return call(endpoint, {abi::MessageHeader::make(0, 0, 0, 1).bits,
                           0,
                           {write ? 1ull : 0ull, index, offset, length}});
}

// Pages at a fixed place, the one after them not mapped.
std::uint64_t map_pages(std::uint64_t address, std::uint64_t pages,
                        sys::ProtectionBits protection = sys::protect_read | sys::protect_write)
{
    auto const memory = must(sys::memory_create(abi::MemoryKind::anonymous, pages));
    return must(sys::map({0, memory.value(), address, 0, pages, protection}));
}

constexpr std::uint64_t place = 0x5000'0000;

CASE(a_lease_is_read_and_written_across_pages)
{
    Child server;
    auto const endpoint = start_server(server, use_lease);
    map_pages(place, 3);
    auto* const bytes = reinterpret_cast<unsigned char*>(place);
    std::memset(bytes, 1, 3 * 4096);
    Range const odd{place + 4000, 5000, in | out};
    for (std::uint64_t const offset : {0, 904}) {  // an interrupt may end what is longer
        auto const read = lend(endpoint, odd, false, offset, 4096);
        expect_status(read.status, Status::ok);
        expect_equal(read.registers.words[0], 4096);
        expect_equal(read.registers.words[1], 4096);
    }
    expect_equal(lend(endpoint, odd, true, 96, 4096).registers.words[0], 4096);
    expect_equal(bytes[4095], 1);
    expect_equal(bytes[4096], 0x5a);
    expect_equal(bytes[8191], 0x5a);
    expect_equal(bytes[8192], 1);
    expect_equal(lend(endpoint, odd, false, 4990, 100).registers.words[0], 10);  // its rest
    expect_equal(lend(endpoint, odd, false, 5000, 100).registers.words[0], 0);
}

CASE(a_lease_ends_where_it_ends)
{
    auto const endpoint = serve_calls(use_lease);
    map_pages(place, 1);
    Range const whole{place, 4096, in | out};
    expect_status(lend(endpoint, whole, false, 4097, 1).status, Status::out_of_range);
    expect_status(lend(endpoint, whole, false, ~0ull, 1).status, Status::out_of_range);
    expect_status(lend(endpoint, whole, true, 1ull << 63, 1).status, Status::out_of_range);
    expect_status(lend(endpoint, whole, false, 0, 1, 1).status, Status::bad_argument);
    expect_status(lend(endpoint, whole, false, 0, 1, ~0ull).status, Status::bad_argument);
    expect_status(lend(endpoint, {place, 4096, out}, false, 0, 1).status, Status::no_right);
    expect_status(lend(endpoint, {place, 4096, in}, true, 0, 1).status, Status::no_right);
    expect_status(lend(endpoint, {place, 4096, 0}, true, 0, 1).status, Status::no_right);
}

CASE(a_lease_over_what_is_not_there_is_a_bad_address)
{
    auto const endpoint = serve_calls(use_lease);
    map_pages(place, 1);
    for (std::uint64_t address :
         {std::uint64_t{0}, place + 4096, std::uint64_t{0x3f'ffff'f000},
          std::uint64_t{0x40'0000'0000}, std::uint64_t{0xffff'ffc0'8020'0000},
          std::uint64_t{0xffff'ffff'8000'0000}, ~std::uint64_t{0} - 8, std::uint64_t{0x8020'0000},
          std::uint64_t{0x1000'0000}}) {
        expect_status(lend(endpoint, {address, 64, in | out}, false, 0, 64).status,
                      Status::bad_address);
        expect_status(lend(endpoint, {address, 64, in | out}, true, 0, 64).status,
                      Status::bad_address);
    }
    expect_status(lend(endpoint, {place + 4000, 200, in}, false, 0, 200).status,
                  Status::bad_address);  // runs out of the mapping
    expect_status(lend(endpoint, {place, ~0ull, in}, false, 0, 8192).status, Status::bad_address);
    expect_status(lend(endpoint, {place + 4095, ~0ull, in}, false, ~0ull - 8, 8).status,
                  Status::ok);  // around the end of addresses, back into the mapping
}

CASE(a_lease_writes_only_where_its_owner_could)
{
    auto const endpoint = serve_calls(use_lease);
    map_pages(place, 1, sys::protect_read);
    auto const text = reinterpret_cast<std::uint64_t>(&use_lease);
    expect_status(lend(endpoint, {place, 64, in | out}, false, 0, 64).status, Status::ok);
    expect_status(lend(endpoint, {place, 64, in | out}, true, 0, 64).status, Status::bad_address);
    expect_status(lend(endpoint, {text, 64, in | out}, true, 0, 64).status, Status::bad_address);
    must(sys::protect(0, place, 1, 0));
    expect_status(lend(endpoint, {place, 64, in | out}, false, 0, 64).status, Status::bad_address);
}

// The worker's own side must be there too.
void lease_into_nowhere(std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t address,
                        std::uint64_t length, std::uint64_t, std::uint64_t)
{
    auto const status = sys::ecall(abi::Syscall::lease_read, 0, 0, 0, address, length).status;
    sys::reply(status, {});
}

CASE(a_worker_reads_a_lease_only_into_its_own_memory)
{
    auto const endpoint = serve_calls(lease_into_nowhere);
    map_pages(place, 2);
    own_buffer().leases[0] = {place, 8192, in};
    std::uint64_t const header = abi::MessageHeader::make(0, 0, 0, 1).bits;
    for (std::uint64_t address : {0ull, 0x40'0000'0000ull, 0xffff'ffc0'8020'0000ull, ~0ull - 4}) {
        own_buffer().leases[0] = {place, 8192, in};
        expect_status(call(endpoint, {header, 0, {address, 4096, 0, 0}}).status,
                      Status::bad_address);
    }
    own_buffer().leases[0] = {place, 8192, in};
    auto const text = reinterpret_cast<std::uint64_t>(&lease_into_nowhere);
    expect_status(call(endpoint, {header, 0, {text, 64, 0, 0}}).status, Status::bad_address);
}

CASE(a_lease_ends_with_its_call)
{
    auto const endpoint = serve_calls(use_lease);
    map_pages(place, 1);
    expect_status(lend(endpoint, {place, 64, in}, false, 0, 64).status, Status::ok);
    expect_status(call(endpoint, {0, 0, {0, 0, 0, 64}}).status, Status::bad_argument);
    std::byte bytes[8];
    refused(sys::lease_read(0, 0, 0, bytes), Status::cancelled);
    refused(sys::lease_read(0x12340, 0, 0, bytes), Status::bad_handle);
}

CASE(pages_of_a_lease_that_were_never_touched_come_in)
{
    Child server;
    auto const endpoint = start_server(server, use_lease);
    map_pages(place, 3);
    auto const read = lend(endpoint, {place, 3 * 4096, in}, false, 0, 3 * 4096);
    expect_status(read.status, Status::ok);
    expect_equal(read.registers.words[1], 0);
}

CASE(four_leases_go_with_one_message)
{
    auto const endpoint = serve_calls(use_lease);
    map_pages(place, 4);
    for (std::uint64_t i = 0; i < 4; i++) {
        *reinterpret_cast<unsigned char*>(place + i * 4096) = static_cast<unsigned char>(i + 1);
        for (std::uint64_t j = 0; j < 4; j++)
            own_buffer().leases[j] = {place + j * 4096, 1, in};
        auto const answer =
            call(endpoint, {abi::MessageHeader::make(0, 0, 0, 4).bits, 0, {0, i, 0, 1}});
        expect_equal(answer.registers.words[1], i + 1);
    }
}

}  // namespace
