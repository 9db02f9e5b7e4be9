// Messages are what the official tools read and write.
#include "generated/interfaces/system.hpp"
#include "tests/unit/codec/sample_server.hpp"
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>

namespace {

using Words = std::vector<codec::Word>;

std::string run(std::string const& program, std::string const& input = {})
{
    auto folder = std::filesystem::path{testing::TempDir()};
    auto in = folder / "codec_in", out = folder / "codec_out";
    std::ofstream{in, std::ios::binary} << input;
    auto command = program + " < " + in.string() + " > " + out.string();
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    std::ifstream result{out, std::ios::binary};
    return {std::istreambuf_iterator<char>{result}, {}};
}

std::string run_capnp(std::string const& action, std::string const& input)
{
    return run("capnp " + action + " --flat -I. tests/unit/codec/everything.capnp Everything",
               input);
}

std::string bytes_of(Words const& words)
{
    return {reinterpret_cast<char const*>(words.data()), words.size() * sizeof(codec::Word)};
}

Words words_of(std::string const& bytes)
{
    Words words(bytes.size() / sizeof(codec::Word));
    std::memcpy(words.data(), bytes.data(), bytes.size());
    return words;
}

Words encode(Everything const& value)
{
    Words words(1024, 0xa5a5a5a5a5a5a5a5);
    codec::Builder message{words};
    value.encode(message.root(Everything::layout));
    words.resize(message.finish().value());
    return words;
}

std::string describe(Words const& words)
{
    auto read = codec::read<Everything>(words);
    return read ? to_string(*read) : std::string{abi::to_string(read.error())};
}

TEST(Messages, decode_with_the_official_tool)
{
    auto text = run_capnp("decode", bytes_of(encode(full_value())));
    EXPECT_NE(text.find("texts = [\"one\", \"\", \"three\"]"), text.npos) << text;
    EXPECT_NE(text.find("color = darkGreen"), text.npos) << text;
    EXPECT_NE(text.find("(name = \"twig\", branches = [])"), text.npos) << text;
}

TEST(Messages, come_back_from_the_official_tool_unchanged)
{
    auto words = encode(full_value());
    auto text = run_capnp("decode", bytes_of(words));
    auto official = words_of(run_capnp("encode", text));
    EXPECT_EQ(describe(official), describe(words));
    EXPECT_EQ(official.size(), words.size());
}

TEST(Messages, of_defaults_come_back_from_the_official_tool)
{
    auto official = words_of(run_capnp("encode", "()"));
    EXPECT_EQ(describe(official), describe(encode({})));
}

TEST(Messages, captured_from_a_call_decode_with_the_official_tool)
{
    Loopback kernel;
    SampleServer server{kernel};
    Sample client{kernel.endpoint(server)};
    std::uint32_t const ints[] = {4, 5};
    EXPECT_TRUE(client.describe({.text = "captured", .ints = ints}));
    auto text = run_capnp("decode", bytes_of(kernel.call.words));
    EXPECT_NE(text.find("text = \"captured\""), text.npos) << text;
    EXPECT_NE(text.find("ints = [4, 5]"), text.npos) << text;
}

TEST(Messages, of_the_size_of_a_manifest_are_read)
{
    auto words = words_of(run("capnp eval --flat -I. platform/qemu-virt/system.capnp system"));
    auto system = codec::read<System>(words).value();
    EXPECT_GT(words.size(), abi::buffer_words);
    ASSERT_GE(system.programs.size(), 3u);
    for (auto const& program : system.programs) {
        EXPECT_FALSE(program.name.empty());
        EXPECT_GT(program.handles, 0u) << "it has a default";
        for (auto const& use : program.uses)
            EXPECT_FALSE(use.service.empty());
    }
}

TEST(Messages, are_read_from_aligned_whole_words)
{
    alignas(8) std::byte const bytes[24] = {};
    EXPECT_TRUE(codec::words_of(bytes));
    EXPECT_FALSE(codec::words_of(std::span{bytes}.subspan(1, 8)));
    EXPECT_FALSE(codec::words_of(std::span{bytes}.first(12)));
}

TEST(Messages, without_room_are_too_large)
{
    for (std::size_t size = 0; size < encode(full_value()).size(); ++size) {
        Words words(size);
        codec::Builder message{words};
        full_value().encode(message.root(Everything::layout));
        EXPECT_EQ(message.finish().error(), Status::too_large);
    }
}

}  // namespace
