// RandomServer: serves an EntropySource as Random.
//
// One worker takes calls and interrupts one at a time, so nothing here is locked. The device is
// asked when somebody wants bytes; who finds none waits as an unanswered call.
#pragma once
#include "generated/interfaces/random.hpp"
#include "lib/driver/device.hpp"
#include "lib/driver/waiting_calls.hpp"
#include "lib/sys/later.hpp"
#include "lib/sys/notification_handler.hpp"
#include "servers/drivers/virtio-rng/entropy_source.hpp"

class RandomServer final : public Random::Server, public sys::NotificationHandler {
public:
    // The source is started before anybody calls.
    RandomServer(driver::Device const& device, EntropySource& source)
        : device_{&device}, source_{&source}
    {
    }

    Result<std::uint32_t> fill(sys::LeaseOut buffer) override;
    void notified(std::uint64_t bits) override;

private:
    // A device that answers so often without a byte is not asked again for the calls that wait.
    static constexpr int most_empty_answers = 8;

    struct WaitingCall {
        sys::Reply<Random::FillCall> reply;
        sys::LeaseOut buffer;
    };

    Result<> ask();
    Result<std::uint32_t> give(sys::LeaseOut const& buffer);
    void answer_waiting();
    void fail_waiting();

    driver::Device const* device_;
    EntropySource* source_;
    std::span<std::byte> bytes_;  // of the source, not yet given
    driver::WaitingCalls<WaitingCall> waiting_;
    int empty_answers_ = 0;
};
