#include "tests/scenarios/block/client/region.hpp"
#include <algorithm>

Result<> Region::check(unsigned rounds)
{
    for (unsigned round = 0; round < rounds; ++round) {
        TRY(write(random_run()));
        TRY(read(random_run()));
    }
    return disk_->flush();
}

Result<> Region::write(Run const& run)
{
    for (std::size_t i = 0; i < run.count; ++i) {
        std::uint64_t content = std::uint64_t{random(~0u)} << 32 | number_;
        std::ranges::fill(words_of(run.pages[i]), content);
        written_[run.first + i] = content;
    }
    return disk_->write(run.transfer(block_of(run)));
}

Result<> Region::read(Run const& run)
{
    for (std::size_t i = 0; i < run.count; ++i)
        std::ranges::fill(words_of(run.pages[i]), ~0ull);
    TRY(disk_->read(run.transfer(block_of(run))));
    for (std::size_t i = 0; i < run.count; ++i)
        for (std::uint64_t word : words_of(run.pages[i]))
            if (word != written_[run.first + i])
                return fail(Status::corrupt);
    return {};
}

// Pages one after the other or, half of the time, in a random order.
Region::Run Region::random_run()
{
    Run run{};
    run.count = 1 + random(64);
    run.first = random(static_cast<std::uint32_t>(disk_pages - run.count));
    std::array<std::uint32_t, buffer_pages> order{};
    for (std::uint32_t i = 0; i < buffer_pages; ++i)
        order[i] = number_ * buffer_pages + i;
    if (random(2) == 0)
        for (std::uint32_t i = buffer_pages - 1; i > 0; --i)
            std::swap(order[i], order[random(i + 1)]);
    std::ranges::copy(std::span{order}.first(run.count), run.pages.begin());
    return run;
}

std::uint64_t Region::block_of(Run const& run) const
{
    return (number_ * disk_pages + run.first) * blocks_a_page_;
}

std::span<std::uint64_t> Region::words_of(std::uint32_t page) const
{
    auto* first = buffer_.data() + page * abi::page_size;
    return {reinterpret_cast<std::uint64_t*>(first), abi::page_size / sizeof(std::uint64_t)};
}

// Xorshift: repeatable, and good enough to mix orders. The limit is not 0.
std::uint32_t Region::random(std::uint32_t limit)
{
    random_ ^= random_ << 13;
    random_ ^= random_ >> 17;
    random_ ^= random_ << 5;
    return random_ % limit;
}
