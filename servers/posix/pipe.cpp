#include "servers/posix/pipe.hpp"
#include <new>

namespace posix {

static bool must_wait(Result<std::uint32_t> const& count)
{
    return !count && count.error() == Status::would_block;
}

class Pipe::Reader final : public StreamFile<File::Server> {
public:
    explicit Reader(Pipe& pipe) : StreamFile{pipe.service_, Kind::fifo, Access::read}, pipe_{pipe}
    {
    }

    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override
    {
        if (pipe_.reads_.empty()) {
            auto const count = pipe_.try_read(buffer);
            if (!must_wait(count))
                return pipe_.moved(count);
        }
        TRY(begin_wait(waiter));
        return pipe_.reads_.wait(buffer, waiter);
    }
    Result<std::uint32_t> write_next(sys::LeaseIn, std::int32_t) override
    {
        return fail(Status::wrong_access);
    }
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override
    {
        return pipe_.watchers_.poll(wanted, pipe_.reader_events(), std::move(notification), bits);
    }
    void closed() override
    {
        pipe_.leave(pipe_.has_reader_);
        delete this;
    }

private:
    Pipe& pipe_;
};

class Pipe::Writer final : public StreamFile<File::Server> {
public:
    explicit Writer(Pipe& pipe) : StreamFile{pipe.service_, Kind::fifo, Access::write}, pipe_{pipe}
    {
    }

    Result<std::uint32_t> read_next(sys::LeaseOut, std::int32_t) override
    {
        return fail(Status::wrong_access);
    }
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override
    {
        if (pipe_.writes_.empty()) {
            auto const count = pipe_.try_write(data);
            if (!must_wait(count))
                return pipe_.moved(count);
        }
        TRY(begin_wait(waiter));
        return pipe_.writes_.wait(data, waiter);
    }
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override
    {
        return pipe_.watchers_.poll(wanted, pipe_.writer_events(), std::move(notification), bits);
    }
    void closed() override
    {
        pipe_.leave(pipe_.has_writer_);
        delete this;
    }

private:
    Pipe& pipe_;
};

Result<Posix::PipeResults> Pipe::create(Service& service)
{
    auto* const pipe = new (std::nothrow) Pipe{service};
    if (pipe == nullptr)
        return fail(Status::no_memory);
    auto* const reader = new (std::nothrow) Reader{*pipe};
    auto* const writer = new (std::nothrow) Writer{*pipe};
    if (reader == nullptr || writer == nullptr) {
        operator delete(reader, sizeof *reader);
        operator delete(writer, sizeof *writer);
        delete pipe;
        return fail(Status::no_memory);
    }
    // An end without a client handle hears `closed`, and goes.
    auto reading = service.pool.endpoint(*reader);
    auto writing = service.pool.endpoint(*writer);
    if (!reading)
        reader->closed();
    if (!writing)
        writer->closed();
    if (!reading || !writing)
        return fail(Status::no_handles);
    return Posix::PipeResults{.reader = File{*std::move(reading)},
                              .writer = File{*std::move(writing)}};
}

void Pipe::interrupt(ProcessNumber waiter)
{
    reads_.interrupt(waiter);
    writes_.interrupt(waiter);
}

Result<std::uint32_t> Pipe::try_read(sys::LeaseOut const& buffer)
{
    if (buffer.size() == 0 || (bytes_.empty() && !has_writer_))
        return 0;
    if (bytes_.empty())
        return fail(Status::would_block);
    return bytes_.move_to(buffer);
}

Result<std::uint32_t> Pipe::try_write(sys::LeaseIn const& data)
{
    if (!has_reader_)
        return fail(Status::broken_pipe);
    bool const fits =
        data.size() <= whole_bytes ? data.size() <= bytes_.room() : bytes_.room() != 0;
    return fits ? bytes_.take_from(data) : fail(Status::would_block);
}

// What was moved may make room for who waits.
Result<std::uint32_t> Pipe::moved(Result<std::uint32_t> const& count)
{
    if (count)
        advance();
    return count;
}

// One thing can make the next one possible.
void Pipe::advance()
{
    while (serve(reads_, [this](auto const& lease) { return try_read(lease); }) ||
           serve(writes_, [this](auto const& lease) { return try_write(lease); }))
        ;
    watchers_.tell();
}

template <class Waiting, class Move>
bool Pipe::serve(Waiting& waiting, Move const& move)
{
    if (waiting.empty())
        return false;
    auto const count = move(waiting.front().lease);
    if (must_wait(count))
        return false;
    waiting.answer_front(count);
    return true;
}

std::uint16_t Pipe::reader_events() const
{
    return static_cast<std::uint16_t>((bytes_.empty() ? 0 : poll_in) |
                                      (has_writer_ ? 0 : poll_hang_up));
}

std::uint16_t Pipe::writer_events() const
{
    return static_cast<std::uint16_t>((bytes_.room() >= whole_bytes ? poll_out : 0) |
                                      (has_reader_ ? 0 : poll_error));
}

// `is_open` is that of the end that goes.
void Pipe::leave(bool& is_open)
{
    is_open = false;
    if (!has_reader_ && !has_writer_) {
        delete this;
        return;
    }
    advance();
}

}  // namespace posix
