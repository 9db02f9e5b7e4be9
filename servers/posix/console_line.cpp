#include "servers/posix/console_line.hpp"
#include <pthread.h>

namespace posix {
namespace {

constexpr std::size_t piece_bytes = 256;

}  // namespace

Result<> ConsoleLine::start(sys::Pool const& pool)
{
    line_ = TerminalLine{TRY(pool.endpoint(*this))};
    pthread_t thread{};
    auto const input = [](void* line) -> void* {
        static_cast<ConsoleLine const*>(line)->carry_input();
        return nullptr;
    };
    auto const output = [](void* line) -> void* {
        static_cast<ConsoleLine const*>(line)->carry_output();
        return nullptr;
    };
    if (pthread_create(&thread, nullptr, input, this) != 0 ||
        pthread_create(&thread, nullptr, output, this) != 0)
        return fail(Status::no_memory);
    return {};
}

// While nobody uses the terminal, what is typed is somebody else's: then the read is stopped.
void ConsoleLine::carry_input() const
{
    std::array<std::byte, piece_bytes> bytes;
    while (line_.wait_for_session()) {
        auto const count = console_.read(bytes);
        if (!count)
            continue;
        auto const piece = std::span{bytes}.first(std::min<std::size_t>(*count, bytes.size()));
        (void)line_.received(piece);
    }
}

void ConsoleLine::carry_output() const
{
    std::array<std::byte, piece_bytes> bytes;
    while (auto const count = line_.to_send(bytes)) {
        auto piece = std::span{bytes}.first(std::min<std::size_t>(*count, bytes.size()));
        while (!piece.empty()) {
            auto const sent = console_.write(piece);
            if (!sent || *sent > piece.size())
                break;
            piece = piece.subspan(*sent);
        }
    }
}

Result<> ConsoleLine::wait_for_session()
{
    if (terminal_.session() != 0)
        return {};
    waiting_for_session_ = TRY(sys::take_reply<TerminalLine::WaitForSessionCall>());
    return fail(sys::later);
}

Result<> ConsoleLine::received(sys::LeaseIn data)
{
    if (terminal_.session() == 0)
        return fail(Status::busy);
    std::array<std::byte, piece_bytes> bytes;
    auto const count = TRY(data.read(0, bytes));
    terminal_.receive({reinterpret_cast<std::uint8_t const*>(bytes.data()), count});
    return {};
}

Result<std::uint32_t> ConsoleLine::to_send(sys::LeaseOut buffer)
{
    auto reply = TRY(sys::take_reply<TerminalLine::ToSendCall>());
    auto const held = reply.hold(buffer);
    waiting_output_.emplace(std::move(reply), held);
    output_changed();
    return fail(sys::later);
}

// Who takes output may write more of it, and come here again.
void ConsoleLine::output_changed()
{
    if (!waiting_output_)
        return;
    if (terminal_.has_output()) {
        if (auto waiting = std::exchange(waiting_output_, std::nullopt))
            waiting->reply.send(terminal_.take_output(waiting->buffer));
    } else if (auto end = std::exchange(end_, std::nullopt)) {
        end->reply.send(end->status);
    }
}

void ConsoleLine::tell_end(sys::Reply<PosixSystem::RunCall> reply, WaitStatus status)
{
    end_.emplace(std::move(reply), status);
    output_changed();
}

// What is typed after the end of a session is for whoever started it.
void ConsoleLine::session_changed()
{
    if (terminal_.session() == 0)
        (void)console_.stop_reading();
    else if (auto waiting = std::exchange(waiting_for_session_, std::nullopt))
        waiting->send({});
}

}  // namespace posix
