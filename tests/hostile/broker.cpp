#include "tests/hostile/broker.hpp"

namespace hostile {

namespace {

// Its workers share it.
constinit std::array<std::atomic<HandleValue>, 64> shelf{};

void put_on_shelf(std::size_t place, HandleValue handle)
{
    HandleValue const old = shelf[place % shelf.size()].exchange(handle);
    if (old != 0)
        (void)sys::close(old);
}

}  // namespace

void exchange_handles(std::uint64_t, std::uint64_t header, std::uint64_t, std::uint64_t place,
                      std::uint64_t other, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    auto& buffer = own_buffer();
    for (std::size_t i = 0; i < abi::MessageHeader{header}.handle_count(); ++i)
        put_on_shelf(place + i, buffer.handles[i].handle);
    HandleValue const copy = shelf[other % shelf.size()].load();
    buffer.handles[0] = {copy, 0, 0};
    sys::reply(Status::ok, {abi::MessageHeader::make(0, copy != 0 ? 1 : 0).bits, 0, {}});
}

}  // namespace hostile
