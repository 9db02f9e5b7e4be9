#include "tests/kills/nested.hpp"

namespace kills {

using abi::MessageHeader;

namespace {

constexpr std::size_t first_workers = 2;
constexpr std::size_t second_workers = 1;  // so that some wait
constexpr std::uint64_t most_rounds = 60;  // of computing, here and there

enum Kind : std::uint64_t { plain, words, lease, handle, deadline, later, kind_count };

constinit std::array<std::byte, 256> lent{};

// The header for a call of the kind; what goes with it is in the buffer.
std::uint64_t prepare(std::uint64_t kind)
{
    switch (kind) {
    case words:
        return MessageHeader::make(10).bits;
    case lease:
        own_buffer().leases[0] = {sys::address_of(lent.data()), lent.size(), abi::Lease::in};
        return MessageHeader::make(0, 0, 0, 1).bits;
    case handle:
        return MessageHeader::make(0, 0, 1).bits;
    case deadline:
        own_buffer().deadline = after(10'000);
        return MessageHeader::deadline_flag;
    default:
        return 0;
    }
}

void read_lease()
{
    std::array<std::byte, 64> bytes;
    (void)sys::lease_read(0, 0, 0, bytes);  // the client may have gone
}

void serve_first(std::uint64_t, std::uint64_t header, std::uint64_t kind, std::uint64_t rounds,
                 std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    place() = std::to_underlying(Place::first);
    compute(rounds);
    if (kind == lease)
        read_lease();
    auto const answer = call(given(1), {prepare(kind), kind, {rounds, 0, 0, 0}});
    place() = std::to_underlying(Place::first_again);
    bool const brought = MessageHeader{answer.registers.header}.handle_count() != 0;
    if (answer.status == Status::ok && brought)
        (void)sys::close(own_buffer().handles[0].handle);
    compute(rounds);
    sys::reply(answer.status, {0, 0, {answer.registers.words[0], 0, 0, 0}});
}

void answer_later(std::uint64_t rounds)
{
    auto record = sys::detach();
    compute(rounds);
    std::uint64_t const answer[4] = {rounds, 0, 0, 0};
    if (record)
        (void)sys::complete(record->release(), {}, Status::ok, answer);
    sys::reply(Status::ok, {});
}

void serve_second(std::uint64_t, std::uint64_t header, std::uint64_t kind, std::uint64_t rounds,
                  std::uint64_t, std::uint64_t, std::uint64_t)
{
    if (is_event(header))
        sys::reply(Status::ok, {});
    place() = std::to_underlying(Place::second);
    compute(rounds);
    if (kind == later)
        answer_later(rounds);
    if (kind == lease)
        read_lease();
    std::uint64_t answered = 0;
    if (kind == handle) {
        auto made = sys::notification_create();
        own_buffer().handles[0] = {made ? made->release() : 0, 0, 1};
        answered = MessageHeader::make(0, made ? 1 : 0).bits;
    }
    sys::reply(Status::ok, {answered, 0, {rounds, 0, 0, 0}});
}

bool has_ended(std::optional<Child> const& child) { return !child || child->has_ended(); }

}  // namespace

std::atomic<std::uint64_t>& place() { return shared().word[0]; }
std::atomic<std::uint64_t>& calls_made() { return shared().word[8]; }

Status call_nested(HandleValue endpoint, Random& random)
{
    std::uint64_t const kind = random.below(kind_count);
    std::uint64_t const rounds = random.below(most_rounds);
    place() = std::to_underlying(Place::client);
    calls_made()++;
    compute(rounds);
    std::uint64_t const header = kind == handle ? 0 : prepare(kind);
    auto const answer = call(endpoint, {header, kind, {rounds, 0, 0, 0}});
    place() = std::to_underlying(Place::client);
    if (answer.status == Status::ok)
        expect_equal(answer.registers.words[0], rounds);
    return answer.status;
}

bool Servers::all_serve() const { return !has_ended(first_) && !has_ended(second_); }

Servers::Servers()
{
    start_second();
    start_first();
}

void Servers::start_second()
{
    second_.emplace(ChildOptions{.priority = priority});
    second_endpoint_ = start_server(*second_, serve_second, 0, second_workers);
}

void Servers::start_first()
{
    first_.emplace(ChildOptions{.priority = priority});
    first_->give(second());
    first_endpoint_ = start_server(*first_, serve_first, 0, first_workers);
}

void Servers::restore()
{
    bool const all = has_ended(second_);
    if (all)
        start_second();
    if (all || has_ended(first_))
        start_first();
}

}  // namespace kills
