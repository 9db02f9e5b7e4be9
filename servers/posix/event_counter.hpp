// EventCounter: eventfd(), a number that is added to and taken.
#pragma once
#include "servers/posix/stream_file.hpp"
#include "servers/posix/waiting_transfers.hpp"
#include "servers/posix/watchers.hpp"
#include <memory>

namespace posix {

class EventCounter final : public StreamFile<File::Server>, public Interruptible {
public:
    // `counts_down`: reads take 1, not all. Errors: no_memory, no_handles
    static Result<File> create(Service& service, std::uint64_t initial, bool counts_down);

    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    void interrupt(ProcessNumber waiter) override;
    void closed() override { delete this; }

private:
    static constexpr std::uint64_t most = ~std::uint64_t{0} - 1;

    EventCounter(Service& posix, std::uint64_t initial, bool counts_down)
        : StreamFile{posix, Kind::other, Access::read_write}, value_{initial},
          counts_down_{counts_down}
    {
        service().interruptibles.add(*this);
    }
    ~EventCounter() { service().interruptibles.remove(*this); }
    friend std::default_delete<EventCounter>;

    Result<std::uint32_t> try_read(sys::LeaseOut const& buffer);
    Result<std::uint32_t> try_write(sys::LeaseIn const& data);
    void advance(std::uint16_t changes);

    std::uint64_t value_;
    bool counts_down_;
    WaitingReads reads_;
    WaitingWrites writes_;
    Watchers watchers_;
};

}  // namespace posix
