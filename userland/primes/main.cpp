// primes LIMIT: counts the primes up to LIMIT, with the containers of the C++ library.
#include <cstdint>
#include <stdio.h>
#include <stdlib.h>
#include <string>
#include <vector>

namespace {

std::vector<std::uint32_t> primes_up_to(std::uint32_t limit)
{
    std::vector<bool> is_composite(limit + 1);
    std::vector<std::uint32_t> primes;
    for (std::uint64_t candidate = 2; candidate <= limit; ++candidate) {
        if (is_composite[candidate])
            continue;
        primes.push_back(static_cast<std::uint32_t>(candidate));
        for (auto multiple = candidate * candidate; multiple <= limit; multiple += candidate)
            is_composite[multiple] = true;
    }
    return primes;
}

std::string last_of(std::vector<std::uint32_t> const& primes)
{
    return primes.empty() ? std::string{"none"} : std::to_string(primes.back());
}

}  // namespace

int main(int argument_count, char** arguments)
{
    constexpr unsigned long largest_limit = 100'000'000;
    unsigned long const limit = argument_count == 2 ? strtoul(arguments[1], nullptr, 10) : 0;
    if (limit == 0 || limit > largest_limit) {
        fprintf(stderr, "usage: primes LIMIT (1 to %lu)\n", largest_limit);
        return 2;
    }
    auto const primes = primes_up_to(static_cast<std::uint32_t>(limit));
    printf("%zu primes, the largest is %s\n", primes.size(), last_of(primes).c_str());
    return 0;
}
