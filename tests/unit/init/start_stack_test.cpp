// The stack that the loader builds is the one that a C library reads.
#include "servers/init/loader/start_stack.hpp"
#include "tests/unit/elf/program_file.hpp"
#include <gtest/gtest.h>
#include <map>
#include <string>

namespace {

constexpr std::uint64_t top_address = 0x3d'fd00'0000;
constexpr std::size_t stack_bytes = 8192;

// Reads the stack as the program would.
struct Stack {
    std::vector<std::byte> bytes = std::vector<std::byte>(stack_bytes);
    std::uint64_t pointer = 0;

    std::uint64_t word(std::uint64_t address) const
    {
        std::uint64_t value = 0;
        std::memcpy(&value, &bytes.at(address - (top_address - stack_bytes)), sizeof value);
        return value;
    }
    std::string text(std::uint64_t address) const
    {
        return reinterpret_cast<char const*>(&bytes.at(address - (top_address - stack_bytes)));
    }
};

Result<std::uint64_t> write(Stack& stack, std::string_view arguments, std::size_t count)
{
    auto const file = elf::test::ProgramFile{}.bytes();
    auto const image = elf::Image::parse(file);
    return loader::write_start_stack(
        stack.bytes, top_address, *image,
        {.strings = arguments, .argument_count = count, .random = {1, 2}});
}

}  // namespace

TEST(StartStack, arguments_and_auxiliary_vector_are_found)
{
    Stack stack;
    auto const pointer = write(stack, std::string_view{"cat\0/a file\0\0", 13}, 3);
    ASSERT_TRUE(pointer);
    EXPECT_EQ(*pointer % 16, 0u);
    EXPECT_EQ(stack.word(*pointer), 3u);
    EXPECT_EQ(stack.text(stack.word(*pointer + 8)), "cat");
    EXPECT_EQ(stack.text(stack.word(*pointer + 16)), "/a file");
    EXPECT_EQ(stack.text(stack.word(*pointer + 24)), "");
    EXPECT_EQ(stack.word(*pointer + 32), 0u);
    EXPECT_EQ(stack.word(*pointer + 40), 0u) << "the environment is empty";

    std::map<std::uint64_t, std::uint64_t> auxiliary;
    for (std::uint64_t at = *pointer + 48; stack.word(at) != 0; at += 16)
        auxiliary[stack.word(at)] = stack.word(at + 8);
    EXPECT_EQ(auxiliary[3], 0x100040u);
    EXPECT_EQ(auxiliary[4], 56u);
    EXPECT_EQ(auxiliary[5], 2u);
    EXPECT_EQ(auxiliary[6], 4096u);
    EXPECT_EQ(auxiliary[9], 0x100100u);
    EXPECT_EQ(stack.word(auxiliary[25]), 1u);
    EXPECT_EQ(stack.word(auxiliary[25] + 8), 2u);
    EXPECT_EQ(stack.text(auxiliary[31]), "cat");
}

TEST(StartStack, what_does_not_fit_is_refused)
{
    Stack stack;
    std::string const long_argument(stack_bytes, 'x');
    EXPECT_EQ(write(stack, {long_argument.c_str(), stack_bytes + 1}, 1).error(), Status::too_large);
}

TEST(StartStack, the_number_of_arguments_must_be_right)
{
    Stack stack;
    EXPECT_EQ(write(stack, std::string_view{"a\0b\0", 4}, 3).error(), Status::bad_argument);
    EXPECT_EQ(write(stack, "a", 1).error(), Status::bad_argument);
}

TEST(StartStack, environment_and_inherited_bytes_are_found)
{
    using namespace std::literals;
    Stack stack;
    auto const file = elf::test::ProgramFile{}.bytes();
    auto const image = elf::Image::parse(file);
    auto const pointer = loader::write_start_stack(stack.bytes, top_address, *image,
                                                   {.strings = "sh\0A=1\0B=\0"sv,
                                                    .argument_count = 1,
                                                    .environment_count = 2,
                                                    .inherited = "descr"sv,
                                                    .users = {5, 6, 7, 8},
                                                    .is_more_trusted = true});
    ASSERT_TRUE(pointer);
    EXPECT_EQ(stack.text(stack.word(*pointer + 8)), "sh");
    EXPECT_EQ(stack.word(*pointer + 16), 0u);
    EXPECT_EQ(stack.text(stack.word(*pointer + 24)), "A=1");
    EXPECT_EQ(stack.text(stack.word(*pointer + 32)), "B=");
    EXPECT_EQ(stack.word(*pointer + 40), 0u);

    std::map<std::uint64_t, std::uint64_t> auxiliary;
    for (std::uint64_t at = *pointer + 48; stack.word(at) != 0; at += 16)
        auxiliary[stack.word(at)] = stack.word(at + 8);
    EXPECT_EQ(auxiliary[11], 5u);
    EXPECT_EQ(auxiliary[12], 6u);
    EXPECT_EQ(auxiliary[13], 7u);
    EXPECT_EQ(auxiliary[14], 8u);
    EXPECT_EQ(auxiliary[23], 1u);
    EXPECT_EQ(stack.text(auxiliary[program::inherited_auxiliary_type]), "descr");
}
