#include "servers/drivers/virtio-rng/random_server.hpp"
#include <algorithm>

Result<std::uint32_t> RandomServer::fill(sys::LeaseOut buffer)
{
    if (buffer.size() == 0)
        return 0;
    if (waiting_.empty() && !bytes_.empty())
        return give(buffer);
    if (waiting_.full())
        return fail(Status::busy);
    TRY(ask());
    auto reply = TRY(sys::take_reply<Random::FillCall>());
    auto const held = reply.hold(buffer);
    waiting_.push({std::move(reply), held});
    return fail(sys::later);
}

// A device that has failed gets another chance with each call.
Result<> RandomServer::ask()
{
    if (source_->has_failed())
        TRY(source_->start());
    empty_answers_ = 0;
    return source_->request();
}

// Moves bytes to the client, as many as fit, and forgets them here: a device that claims to have
// written what it has not must not make us give them out again.
// Errors: those of LeaseOut::write
Result<std::uint32_t> RandomServer::give(sys::LeaseOut const& buffer)
{
    auto const count = std::min<std::uint64_t>(bytes_.size(), buffer.size());
    auto const given = bytes_.first(count);
    bytes_ = bytes_.subspan(count);
    auto const copied = buffer.write(0, given);
    std::ranges::fill(given, std::byte{});
    if (!copied)
        return fail(copied.error());
    return static_cast<std::uint32_t>(*copied);
}

// Acknowledge first, collect second, complete third: what happens in between raises the line again.
void RandomServer::notified(std::uint64_t)
{
    source_->acknowledge_interrupt();
    bool const was_asked = source_->is_asked();
    auto const taken = source_->take();
    if (!taken.empty())
        bytes_ = taken;
    else if (was_asked && !source_->is_asked())
        ++empty_answers_;
    answer_waiting();
    (void)device_->complete_interrupt();  // fails only for a handle that is none
}

void RandomServer::answer_waiting()
{
    while (!waiting_.empty() && !bytes_.empty()) {
        auto& call = waiting_.front();
        call.reply.send(give(call.buffer));
        waiting_.drop_front();
    }
    if (waiting_.empty())
        return;
    if (empty_answers_ >= most_empty_answers || !source_->request())
        fail_waiting();
}

void RandomServer::fail_waiting()
{
    while (!waiting_.empty()) {
        waiting_.front().reply.send(::fail(Status::io_error));
        waiting_.drop_front();
    }
}
