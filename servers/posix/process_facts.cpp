#include "servers/posix/process_facts.hpp"
#include "lib/sys/start_info.hpp"
#include "servers/posix/console_line.hpp"
#include "servers/posix/machine_texts.hpp"
#include "servers/posix/process.hpp"

namespace posix {

ProcessTitle ProcessTitle::of(std::string_view program, std::string_view strings, std::size_t count)
{
    constexpr std::size_t longest = 1024;
    std::size_t end = 0;
    for (; count != 0 && end < strings.size(); --count)
        end = std::min(strings.find('\0', end), strings.size() - 1) + 1;
    return {std::string{program}, std::string{strings.substr(0, std::min(end, longest))}};
}

// Looks that follow each other closely get one answer.
bool RecentUse::is_running(abi::Ticks now, std::uint64_t cycles)
{
    constexpr std::uint64_t close_ms = 100;
    if (now - looked_ < sys::milliseconds(close_ms) && looked_ != 0)
        return is_running_;
    is_running_ = looked_ != 0 && cycles != cycles_;
    looked_ = now;
    cycles_ = cycles;
    return is_running_;
}

ProcessFacts Process::facts() const
{
    ProcessFacts facts{.cycles = former_cycles_, .children_cycles = children_cycles_};
    constexpr std::uint64_t milliseconds_per_tick = 10;
    facts.start_ticks = started_ / sys::milliseconds(milliseconds_per_tick);
    if (user_) {
        facts.user = user_->credentials().effective_user;
        facts.group = user_->credentials().effective_group;
    }
    if (state_ == State::ended) {
        facts.state = 'Z';
        return facts;
    }
    if (auto const books = sys::process_info(kernel_.process.value())) {
        facts.cycles += books->own_cycles + books->lent_cycles;
        facts.bytes = books->used_bytes;
        facts.threads = books->thread_count;
        std::ranges::copy(books->visits, facts.visits.begin());
        facts.kernel_number = books->number;
    }
    bool const is_running = recent_use_.is_running(sys::now(), facts.cycles);
    facts.state = state_ == State::stopped ? 'T' : is_running ? 'R' : 'S';
    return facts;
}

Result<Machine> Process::machine()
{
    auto const books = TRY(sys::kernel_info(sys::find_grant("log")));
    return Machine{.total_bytes = books.total_bytes,
                   .free_bytes = books.free_bytes,
                   .since_start = nanoseconds_since_start(),
                   .busy_harts = busy_harts(service_),
                   .processes = static_cast<std::uint32_t>(service_.processes.size()),
                   .harts = static_cast<std::uint32_t>(books.harts_online)};
}

}  // namespace posix
