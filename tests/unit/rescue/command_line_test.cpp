// How the rescue shell takes a line apart.
#include "userland/rescue/command_line.hpp"
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

using rescue::CommandLine;
using rescue::Redirection;

namespace {

std::vector<std::string> words_of(std::string_view line)
{
    auto const command = CommandLine::parse(line, "7");
    EXPECT_TRUE(command) << line;
    std::vector<std::string> words;
    if (!command || command->empty())
        return words;
    words.emplace_back(command->name());
    for (std::size_t i = 0; i < command->argument_count(); ++i)
        words.emplace_back(command->argument(i));
    return words;
}

using Words = std::vector<std::string>;

}  // namespace

TEST(CommandLine, words_are_separated_by_spaces)
{
    EXPECT_EQ(words_of("  ls   -l /bin "), (Words{"ls", "-l", "/bin"}));
    EXPECT_EQ(words_of(""), Words{});
    EXPECT_EQ(words_of("   "), Words{});
}

TEST(CommandLine, quotes_keep_spaces)
{
    EXPECT_EQ(words_of("echo 'a  b' \"c  d\" e\\ f"), (Words{"echo", "a  b", "c  d", "e f"}));
    EXPECT_EQ(words_of("echo a'b'\"c\" ''"), (Words{"echo", "abc", ""}));
    EXPECT_EQ(words_of("echo '>' \\& \"#\" ';'"), (Words{"echo", ">", "&", "#", ";"}));
}

TEST(CommandLine, the_last_status_is_inserted_outside_single_quotes)
{
    EXPECT_EQ(words_of("echo $? \"=$?\" '$?' $x"), (Words{"echo", "7", "=7", "$?", "$x"}));
}

TEST(CommandLine, a_comment_ends_the_line)
{
    EXPECT_EQ(words_of("ls # all of it"), Words{"ls"});
    EXPECT_EQ(words_of("ls a#b"), (Words{"ls", "a#b"}));
}

TEST(CommandLine, output_is_redirected)
{
    auto const overwrite = CommandLine::parse("echo hi>file", "0");
    ASSERT_TRUE(overwrite);
    EXPECT_EQ(overwrite->redirection(), Redirection::overwrite);
    EXPECT_EQ(overwrite->redirection_target(), "file");
    EXPECT_EQ(overwrite->argument_count(), 1u);

    auto const append = CommandLine::parse("echo >> 'a file' hi", "0");
    ASSERT_TRUE(append);
    EXPECT_EQ(append->redirection(), Redirection::append);
    EXPECT_EQ(append->redirection_target(), "a file");
    EXPECT_EQ(append->argument(0), "hi");
}

TEST(CommandLine, an_ampersand_ends_a_background_command)
{
    auto const command = CommandLine::parse("/bin/hog 5&", "0");
    ASSERT_TRUE(command);
    EXPECT_TRUE(command->is_background());
    EXPECT_EQ(command->argument(0), "5");
}

TEST(CommandLine, a_semicolon_or_an_ampersand_ends_a_command_and_others_follow)
{
    auto const first = CommandLine::parse("echo a>b;c & d; # e", "0");
    ASSERT_TRUE(first);
    EXPECT_EQ(first->redirection_target(), "b");
    EXPECT_FALSE(first->is_background());
    auto const second = CommandLine::parse(first->rest(), "0");
    ASSERT_TRUE(second);
    EXPECT_EQ(second->name(), "c");
    EXPECT_TRUE(second->is_background());
    auto const third = CommandLine::parse(second->rest(), "0");
    ASSERT_TRUE(third);
    EXPECT_EQ(third->name(), "d");
    auto const fourth = CommandLine::parse(third->rest(), "0");
    ASSERT_TRUE(fourth);
    EXPECT_TRUE(fourth->empty());
    EXPECT_EQ(fourth->rest(), "");
}

TEST(CommandLine, mistakes_are_named)
{
    EXPECT_EQ(CommandLine::parse("echo 'a", "0").error(), "the closing ' is missing");
    EXPECT_EQ(CommandLine::parse("echo \"a", "0").error(), "the closing \" is missing");
    EXPECT_EQ(CommandLine::parse("echo >", "0").error(), "a file name is missing after >");
    EXPECT_EQ(CommandLine::parse("> file", "0").error(), "a command is missing");
    EXPECT_EQ(CommandLine::parse("& b", "0").error(), "a command is missing");
    EXPECT_EQ(CommandLine::parse("echo > ; b", "0").error(), "a file name is missing after >");
    EXPECT_EQ(CommandLine::parse("a > b > c", "0").error(), "the output can go to one file only");
    EXPECT_EQ(CommandLine::parse(std::string(600, 'a'), "0").error(), "the line is too long");
    std::string many;
    for (int i = 0; i < 40; ++i)
        many += "a ";
    EXPECT_EQ(CommandLine::parse(many, "0").error(), "the line has too many words");
}

TEST(CommandLine, any_line_is_parsed_or_refused)
{
    constexpr std::string_view alphabet = "ab '\"\\$?>&;# ";
    std::mt19937 random{1};
    for (int round = 0; round < 50'000; ++round) {
        std::string line(random() % 40, ' ');
        for (char& character : line)
            character = alphabet[random() % alphabet.size()];
        auto const command = CommandLine::parse(line, "0");
        if (command && !command->empty()) {
            EXPECT_LE(command->argument_count(), line.size());
        }
    }
}
