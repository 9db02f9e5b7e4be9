#include "tests/unit/codec/to_string.hpp"
#include <sstream>

namespace {

template <class T>
std::string word(T value)
{
    if constexpr (std::is_enum_v<T>)
        return std::to_string(std::to_underlying(value));
    else
        return std::to_string(value);
}

std::string word(std::string_view value) { return "'" + std::string{value} + "'"; }

std::string word(codec::Bytes value)
{
    std::string result = "<";
    for (auto byte : value)
        result += std::to_string(std::to_integer<unsigned>(byte)) + ".";
    return result + ">";
}

std::string word(Leaf const& leaf) { return word(leaf.number) + word(leaf.name); }
std::string word(Empty const&) { return "{}"; }

template <class List>
std::string list(List const& values)
{
    std::string result = "[";
    for (auto const& value : values)
        result += word(value) + " ";
    return result + "]";
}

std::string word(Tree::View const& tree)
{
    std::string result = word(tree.name) + "(";
    for (auto const& branch : tree.branches)
        result += word(branch);
    return result + ")";
}

std::string word(Scalars const& s)
{
    std::ostringstream text;
    text << s.flag << s.set << ' ' << int{s.tiny} << ' ' << unsigned{s.byte} << ' ' << s.short_
         << ' ' << s.port << ' ' << s.signed_ << ' ' << s.count << ' ' << s.large << ' ' << s.size
         << ' ' << s.ratio << ' ' << s.exact << ' ' << word(s.color);
    return text.str();
}

}  // namespace

std::string to_string(Everything::View const& value)
{
    return word(value.scalars) + word(value.text) + word(value.data) + list(value.bits) +
           list(value.bytes) + list(value.shorts) + list(value.ints) + list(value.longs) +
           list(value.doubles) + list(value.colors) + list(value.texts) + list(value.blobs) +
           list(value.leaves) + word(value.leaf) + word(value.tree) + list(value.empties);
}
