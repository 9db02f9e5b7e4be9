#include "tests/fuzz/official.hpp"
#include "official/tests/unit/codec/everything.capnp.h"
#include <capnp/message.h>
#include <sstream>
#include <type_traits>

namespace {

template <class T>
std::string word(T value)
{
    if constexpr (std::is_enum_v<T>)
        return std::to_string(static_cast<std::uint16_t>(value));
    else
        return std::to_string(value);
}

std::string word(capnp::Text::Reader value)
{
    return "'" + std::string{value.begin(), value.size()} + "'";
}

std::string word(capnp::Data::Reader value)
{
    std::string result = "<";
    for (auto byte : value)
        result += std::to_string(unsigned{byte}) + ".";
    return result + ">";
}

std::string word(official::Leaf::Reader leaf)
{
    return word(leaf.getNumber()) + word(leaf.getName());
}

std::string word(official::Empty::Reader) { return "{}"; }

template <class List>
std::string list(List values)
{
    std::string result = "[";
    for (auto const& value : values)
        result += word(value) + " ";
    return result + "]";
}

std::string word(official::Tree::Reader tree)
{
    std::string result = word(tree.getName()) + "(";
    for (auto const& branch : tree.getBranches())
        result += word(branch);
    return result + ")";
}

std::string word(official::Scalars::Reader s)
{
    std::ostringstream text;
    text << s.getFlag() << s.getSet() << ' ' << int{s.getTiny()} << ' ' << unsigned{s.getByte()}
         << ' ' << s.getShort() << ' ' << s.getPort() << ' ' << s.getSigned() << ' ' << s.getCount()
         << ' ' << s.getLarge() << ' ' << s.getSize() << ' ' << s.getRatio() << ' ' << s.getExact()
         << ' ' << word(s.getColor());
    return text.str();
}

std::string describe(official::Everything::Reader value)
{
    return word(value.getScalars()) + word(value.getText()) + word(value.getData()) +
           list(value.getBits()) + list(value.getBytes()) + list(value.getShorts()) +
           list(value.getInts()) + list(value.getLongs()) + list(value.getDoubles()) +
           list(value.getColors()) + list(value.getTexts()) + list(value.getBlobs()) +
           list(value.getLeaves()) + word(value.getLeaf()) + word(value.getTree()) +
           list(value.getEmpties());
}

}  // namespace

std::optional<std::string> describe_officially(std::uint64_t const* words, std::size_t size,
                                               std::uint64_t limit)
{
    kj::ArrayPtr<capnp::word const> segments[] = {
        {reinterpret_cast<capnp::word const*>(words), size}};
    capnp::ReaderOptions options;
    options.traversalLimitInWords = limit;
    options.nestingLimit = 64;
    try {
        capnp::SegmentArrayMessageReader reader{segments, options};
        return describe(reader.getRoot<official::Everything>());
    } catch (kj::Exception const&) {
        return {};
    }
}
