#include "servers/posix/pipe.hpp"
#include "servers/posix/serve.hpp"
#include <algorithm>
#include <new>

namespace posix {

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
                return pipe_.moved(count, poll_out);
        }
        TRY(check_waits());
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
        pipe_.leave(pipe_.readers_);
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
                return pipe_.moved(count, poll_in);
        }
        TRY(check_waits());
        return pipe_.writes_.wait(data, waiter);
    }
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override
    {
        return pipe_.watchers_.poll(wanted, pipe_.writer_events(), std::move(notification), bits);
    }
    void closed() override
    {
        pipe_.leave(pipe_.writers_);
        delete this;
    }

private:
    Pipe& pipe_;
};

template <class End>
Result<File> Pipe::make_end(unsigned& count)
{
    auto client = serve<File>(service_, std::unique_ptr<End>{new (std::nothrow) End{*this}});
    if (client)
        ++count;
    return client;
}

// An end without a client handle hears `closed`, and goes.
Result<Posix::PipeResults> Pipe::create(Service& service)
{
    auto* const pipe = new (std::nothrow) Pipe{service};
    if (pipe == nullptr)
        return fail(Status::no_memory);
    auto reader = pipe->make_end<Reader>(pipe->readers_);
    auto writer = reader ? pipe->make_end<Writer>(pipe->writers_) : fail(reader.error());
    pipe->had_writer_ = true;
    pipe->end_if_unused();
    if (!writer)
        return fail(writer.error());
    return Posix::PipeResults{.reader = *std::move(reader), .writer = *std::move(writer)};
}

Pipe::~Pipe()
{
    std::erase(service_.fifos, this);
    service_.interruptibles.remove(*this);
}

void Pipe::end_if_unused()
{
    if (readers_ == 0 && writers_ == 0)
        delete this;
}

Result<Pipe*> Pipe::find_or_make(Opening const& opening)
{
    auto& fifos = opening.service.fifos;
    auto const found = std::ranges::find_if(fifos, [&](Pipe const* each) {
        return each->volume_ == opening.volume && each->inode_ == opening.inode;
    });
    if (found != fifos.end())
        return *found;
    auto* const pipe = new (std::nothrow) Pipe{opening.service};
    if (pipe == nullptr)
        return fail(Status::no_memory);
    pipe->volume_ = opening.volume;
    pipe->inode_ = opening.inode;
    fifos.push_back(pipe);
    return pipe;
}

Result<File> Pipe::open(Opening const& opening, Access access)
{
    auto* const pipe = TRY(find_or_make(opening));
    bool const is_refused = access == Access::write && opening.non_blocking && pipe->readers_ == 0;
    auto end = is_refused ? fail(Status::no_terminal) : pipe->enter(opening, access);
    pipe->end_if_unused();
    return end;
}

// Whoever comes is seen by those who wait for him, also if he goes at once.
Result<File> Pipe::enter(Opening const& opening, Access access)
{
    bool const reads = access == Access::read;
    auto end = TRY(reads ? make_end<Reader>(readers_) : make_end<Writer>(writers_));
    had_writer_ = had_writer_ || !reads;
    welcome(access);
    if ((reads ? writers_ : readers_) != 0 || opening.non_blocking)
        return end;
    auto reply = TRY(sys::take_reply<Posix::OpenFifoCall>());
    openers_.push_back({std::move(reply), std::move(end), opening.opener, access});
    return fail(sys::later);
}

void Pipe::welcome(Access arrived)
{
    for (WaitingOpener& waiting : openers_)
        if (waiting.access != arrived)
            waiting.reply.send(std::move(waiting.end));
    std::erase_if(openers_, [](WaitingOpener const& each) { return each.reply.is_sent(); });
    advance(poll_in | poll_out);
}

void Pipe::interrupt(ProcessNumber waiter)
{
    reads_.interrupt(waiter);
    writes_.interrupt(waiter);
    for (WaitingOpener& waiting : openers_)
        if (waiting.opener == waiter)
            waiting.reply.send(fail(Status::interrupted));
    std::erase_if(openers_, [](WaitingOpener const& each) { return each.reply.is_sent(); });
}

Result<std::uint32_t> Pipe::try_read(sys::LeaseOut const& buffer)
{
    if (buffer.size() == 0 || (bytes_.empty() && writers_ == 0))
        return 0;
    if (bytes_.empty())
        return fail(Status::would_block);
    return bytes_.move_to(buffer);
}

Result<std::uint32_t> Pipe::try_write(sys::LeaseIn const& data)
{
    if (readers_ == 0)
        return fail(Status::broken_pipe);
    bool const fits =
        data.size() <= whole_bytes ? data.size() <= bytes_.room() : bytes_.room() != 0;
    return fits ? bytes_.take_from(data) : fail(Status::would_block);
}

// What was moved may make room for who waits.
Result<std::uint32_t> Pipe::moved(Result<std::uint32_t> const& count, std::uint16_t change)
{
    if (count)
        advance(change);
    return count;
}

// One thing can make the next one possible.
void Pipe::advance(std::uint16_t changes)
{
    while (reads_.serve_front([this](auto const& lease) { return try_read(lease); }) ||
           writes_.serve_front([this](auto const& lease) { return try_write(lease); }))
        changes = poll_in | poll_out;
    watchers_.tell(changes);
}

std::uint16_t Pipe::reader_events() const
{
    return static_cast<std::uint16_t>((bytes_.empty() ? 0 : poll_in) |
                                      (writers_ != 0 || !had_writer_ ? 0 : poll_hang_up));
}

std::uint16_t Pipe::writer_events() const
{
    return static_cast<std::uint16_t>((bytes_.room() >= whole_bytes ? poll_out : 0) |
                                      (readers_ != 0 ? 0 : poll_error));
}

// `count` is that of the end that goes.
void Pipe::leave(unsigned& count)
{
    if (--count == 0 && readers_ + writers_ != 0)
        advance(poll_in | poll_out | poll_always);
    end_if_unused();
}

}  // namespace posix
