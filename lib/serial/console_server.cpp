#include "lib/serial/console_server.hpp"

namespace serial {

// Whether the reader has ended. Nobody tells us, but its buffer cannot be written any more; what a
// living reader's holds before it is answered does not matter.
bool ConsoleServer::has_gone(WaitingRead const& reader)
{
    std::byte const nothing{};
    auto written = reader.buffer.write(0, std::span{&nothing, 1});
    return !written && written.error() == Status::cancelled;
}

Result<std::uint32_t> ConsoleServer::read(sys::LeaseOut buffer)
{
    if (buffer.size() == 0)
        return 0;
    if (readers_.empty() && !input_.empty())
        return take_input(buffer);
    if (readers_.full())
        readers_.drop_if(has_gone);
    if (readers_.full())
        return fail(Status::busy);
    auto reply = TRY(sys::take_reply<Console::ReadCall>());
    auto held = reply.hold(buffer);
    readers_.push({std::move(reply), held});
    return fail(sys::later);
}

Result<std::uint32_t> ConsoleServer::write(sys::LeaseIn data)
{
    if (writers_.full())
        return fail(Status::busy);
    std::uint32_t sent = 0;
    if (writers_.empty()) {
        sent = TRY(send_from(data, 0));
        if (sent == data.size() || sent == most_bytes_a_write)
            return sent;
    }
    auto reply = TRY(sys::take_reply<Console::WriteCall>());
    auto held = reply.hold(data);
    writers_.push({std::move(reply), held, sent});
    line_->interrupt_when_empty(true);
    return fail(sys::later);
}

Result<> ConsoleServer::interrupt_on(Notification notification)
{
    interrupt_ = std::move(notification);
    return {};
}

Result<> ConsoleServer::stop_reading()
{
    for (; !readers_.empty(); readers_.drop_front())
        readers_.front().reply.send(fail(Status::interrupted));
    return {};
}

// Acknowledge first, collect second, complete third: what happens in between raises the line again.
void ConsoleServer::notified(std::uint64_t)
{
    line_->acknowledge_interrupt();
    receive_all();
    answer_readers();
    continue_writers();
    (void)device_->complete_interrupt();  // fails only for a handle that is none
}

// A device that never ends is not waited for: it interrupts again.
void ConsoleServer::receive_all()
{
    for (std::size_t count = 0; count < most_bytes_an_interrupt; ++count) {
        auto byte = line_->receive();
        if (!byte)
            return;
        if (*byte == interrupt_byte && interrupt_)
            (void)sys::signal(interrupt_.value(), 1);  // whoever wanted that may be gone
        else if (input_.full())
            ++dropped_bytes_;
        else
            input_.push(*byte);
    }
}

// A reader that is gone, or whose buffer is, takes no bytes.
void ConsoleServer::answer_readers()
{
    while (!readers_.empty() && !input_.empty()) {
        auto& reader = readers_.front();
        reader.reply.send(take_input(reader.buffer));
        readers_.drop_front();
    }
}

// Moves input into the buffer, as much as fits. Errors: those of LeaseOut::write
Result<std::uint32_t> ConsoleServer::take_input(sys::LeaseOut const& buffer)
{
    std::uint32_t taken = 0;
    while (taken < buffer.size() && !input_.empty()) {
        auto piece = input_.front(buffer.size() - taken);
        auto copied = buffer.write(taken, piece);
        if (!copied && taken == 0)
            return fail(copied.error());
        if (!copied)
            break;
        input_.drop(*copied);
        taken += static_cast<std::uint32_t>(*copied);
    }
    return taken;
}

void ConsoleServer::continue_writers()
{
    while (!writers_.empty()) {
        auto& writer = writers_.front();
        auto sent = send_from(writer.data, writer.sent);
        if (sent)
            writer.sent = *sent;
        bool is_over = !sent || *sent == writer.data.size() || *sent == most_bytes_a_write;
        if (!is_over)
            return;
        if (writer.sent != 0)
            writer.reply.send(writer.sent);
        else
            writer.reply.send(std::move(sent));
        writers_.drop_front();
    }
    line_->interrupt_when_empty(false);
}

// Sends what lies behind `start` until the transmitter is full; the result is where it stopped.
// Errors: those of LeaseIn::read, if nothing was sent
Result<std::uint32_t> ConsoleServer::send_from(sys::LeaseIn const& data, std::uint32_t start)
{
    std::array<std::byte, 256> piece;
    std::uint32_t position = start;
    while (position < data.size() && position < most_bytes_a_write) {
        std::size_t length = std::min<std::size_t>(piece.size(), most_bytes_a_write - position);
        auto read = data.read(position, std::span{piece}.first(length));
        if (!read && position == start)
            return fail(read.error());
        if (!read || *read == 0)
            break;
        auto sent = line_->send(std::span{piece}.first(*read));
        position += static_cast<std::uint32_t>(sent);
        if (sent < *read)
            break;
    }
    return position;
}

}  // namespace serial
