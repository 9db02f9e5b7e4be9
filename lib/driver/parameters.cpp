#include "lib/driver/parameters.hpp"
#include <algorithm>
#include <charconv>

namespace driver {

static std::optional<std::uint64_t> parse_number(std::string_view digits)
{
    std::uint64_t number = 0;
    char const* end = digits.data() + digits.size();
    auto [stop, error] = std::from_chars(digits.data(), end, number);
    if (error != std::errc{} || stop != end)
        return std::nullopt;
    return number;
}

std::optional<std::uint64_t> Parameters::number(std::string_view name) const
{
    for (std::string_view rest = text_; !rest.empty();) {
        std::size_t length = std::min(rest.find(' '), rest.size());
        std::string_view word = rest.substr(0, length);
        rest.remove_prefix(std::min(length + 1, rest.size()));
        if (word.starts_with(name) && word.substr(name.size()).starts_with('='))
            return parse_number(word.substr(name.size() + 1));
    }
    return std::nullopt;
}

}  // namespace driver
