// The hashes of hashed directories, against debugfs.
#include "servers/fs/ext4/name_hash.hpp"
#include "tests/unit/fs/mounted.hpp"
#include <gtest/gtest.h>

using ext4::HashVersion;

namespace {

std::uint32_t by_debugfs(Image const& image, std::string const& options, std::string const& name)
{
    std::string const text = image.debugfs("dx_hash " + options + " " + name);
    std::size_t const at = text.find(" is 0x");
    return at == text.npos
               ? 1
               : static_cast<std::uint32_t>(std::stoul(text.substr(at + 4), nullptr, 16));
}

}  // namespace

TEST(NameHash, is_what_debugfs_says)
{
    constexpr std::uint32_t no_seed[4]{};
    Image image{"", "1M"};
    for (std::string const name :
         {"a", "lost+found", "abcd", "a-name-of-thirty-two-characters-", "\u00fc\u00f6\u00e4",
          "a-much-longer-name-that-takes-several-rounds-of-the-hash-function-to-get-through"}) {
        EXPECT_EQ(hash_name(name, HashVersion::half_md4, no_seed),
                  by_debugfs(image, "-h half_md4", name));
        EXPECT_EQ(hash_name(name, HashVersion::tea, no_seed), by_debugfs(image, "-h tea", name));
        EXPECT_EQ(hash_name(name, HashVersion::legacy, no_seed),
                  by_debugfs(image, "-h legacy", name));
    }
}

TEST(NameHash, takes_characters_as_signed_or_not)
{
    constexpr std::uint32_t no_seed[4]{};
    EXPECT_EQ(hash_name("ascii", HashVersion::half_md4_unsigned, no_seed),
              hash_name("ascii", HashVersion::half_md4, no_seed));
    EXPECT_NE(hash_name("\u00fc", HashVersion::half_md4_unsigned, no_seed),
              hash_name("\u00fc", HashVersion::half_md4, no_seed));
}

// e2fsck checks that each name is in the block where its hash belongs.
TEST(NameHash, is_right_on_volumes_of_both_kinds)
{
    for (char const* flags : {"1", "2"}) {
        Image image{"-b 4096 -O ^has_journal"};
        image.write_with_debugfs(std::string{"ssv flags "} + flags);
        {
            Mounted mounted{image};
            for (int i = 0; i < 500; ++i)
                ASSERT_TRUE(mounted.make_directory("\u00e4\u00df" + std::to_string(i)));
            ASSERT_TRUE(mounted.sync());
        }
        EXPECT_EQ(image.check(), 0) << image.output();
    }
}

TEST(NameHash, depends_on_the_seed)
{
    constexpr std::uint32_t seed[4]{1, 2, 3, 4};
    constexpr std::uint32_t no_seed[4]{};
    EXPECT_NE(hash_name("name", HashVersion::half_md4, seed),
              hash_name("name", HashVersion::half_md4, no_seed));
}
