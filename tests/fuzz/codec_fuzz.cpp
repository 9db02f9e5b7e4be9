// Feeds the decoder with messages that a fuzzer makes up, and compares it with the official
// library:
//
//   1. What we accept, the library accepts, and both read the same.
//   2. What the library accepts within our limits, we accept.
//   3. What we write, the library reads as it was meant.
#include "lib/codec/codec.hpp"
#include "tests/fuzz/official.hpp"
#include "tests/unit/codec/to_string.hpp"
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using Words = std::vector<codec::Word>;

constexpr std::uint64_t no_limit = 1 << 26;
constexpr std::uint64_t few_words = 1024;

[[noreturn]] void report(char const* what, std::string const& ours, std::string const& theirs)
{
    std::fprintf(stderr, "%s\n  ours:   %s\n  theirs: %s\n", what, ours.c_str(), theirs.c_str());
    std::abort();
}

// Far pointers are part of the encoding, but not of our messages. A word that looks like one may be
// data; then the input says nothing about rule 2.
bool may_have_far_pointers(codec::Segment words)
{
    return std::ranges::any_of(words, [](auto word) { return (word & 3) == 2; });
}

Result<std::string> describe(codec::Segment words, codec::Limits limits)
{
    auto root = TRY(codec::check(words, Everything::shape(), limits));
    return to_string(Everything::View::decode(root));
}

void compare_readers(codec::Segment words)
{
    auto ours = describe(words, codec::Limits::for_message(words));
    if (ours) {
        auto theirs = describe_officially(words.data(), words.size(), no_limit);
        if (theirs != *ours)
            report("only we accept it, or read something else", *ours, theirs.value_or("refused"));
        return;
    }
    if (may_have_far_pointers(words))
        return;
    auto theirs = describe_officially(words.data(), words.size(), few_words);
    if (!theirs)
        return;  // nor need we look at its millions of empty elements
    auto patient = describe(words, {.words = no_limit, .depth = 200});
    if (!patient || *patient != *theirs)
        report("only they accept it", patient ? *patient : "refused", *theirs);
}

// A value made of the input's bytes, of every kind of field that has a size.
void compare_writer(codec::Bytes bytes, codec::Segment words)
{
    auto chars = reinterpret_cast<char const*>(bytes.data());
    std::string_view const text{chars, bytes.size()};
    std::string_view const texts[] = {text.substr(bytes.size() / 2), text.substr(0, 1)};
    codec::Bytes const blobs[] = {bytes, bytes.first(bytes.size() / 3)};
    std::vector<std::uint32_t> ints(bytes.size() / 4);
    std::copy_n(bytes.data(), ints.size() * 4, reinterpret_cast<std::byte*>(ints.data()));
    Leaf const leaves[] = {{.number = ints.empty() ? 0 : ints[0], .name = texts[0]}, {}};
    Tree const branches[] = {{.name = texts[1]}, {.name = text}};
    Everything const value{.scalars = {.size = words.empty() ? 0 : words[0]},
                           .text = text,
                           .data = bytes,
                           .ints = ints,
                           .longs = words,
                           .texts = texts,
                           .blobs = blobs,
                           .leaves = leaves,
                           .leaf = leaves[0],
                           .tree = {.name = texts[0], .branches = branches}};

    Words space(few_words * 8, ~0ull);
    codec::Builder message{space};
    value.encode(message.root(Everything::layout));
    auto used = message.finish();
    if (!used)
        return;
    auto written = codec::Segment{space}.first(*used);
    auto ours = describe(written, codec::Limits::for_message(written));
    auto theirs = describe_officially(written.data(), written.size(), no_limit);
    if (!ours || !theirs || *ours != *theirs)
        report("what we write is not read", ours ? *ours : "refused", theirs.value_or("refused"));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    Words words(size / sizeof(codec::Word));
    std::copy_n(data, words.size() * sizeof(codec::Word),
                reinterpret_cast<std::uint8_t*>(words.data()));
    compare_readers(words);
    compare_writer(std::as_bytes(std::span{data, size}), words);
    return 0;
}
