// Records of Directory::list, as a file server might send them.
#include "userland/rescue/listing.hpp"
#include <gtest/gtest.h>
#include <random>
#include <string>
#include <vector>

namespace {

void add(std::vector<std::byte>& records, std::uint64_t inode, Kind kind, std::string_view name)
{
    std::size_t const begin = records.size();
    auto const bytes = static_cast<std::uint16_t>((16 + name.size() + 7) & ~std::size_t{7});
    auto const name_bytes = static_cast<std::uint16_t>(name.size());
    records.resize(begin + bytes);
    std::memcpy(&records[begin], &inode, 8);
    std::memcpy(&records[begin + 8], &bytes, 2);
    std::memcpy(&records[begin + 10], &name_bytes, 2);
    records[begin + 12] = static_cast<std::byte>(kind);
    std::memcpy(&records[begin + 16], name.data(), name.size());
}

}  // namespace

TEST(Listing, records_are_read_in_order)
{
    std::vector<std::byte> records;
    add(records, 11, Kind::file, "readme");
    add(records, 12, Kind::directory, "bin");
    rescue::ListingReader reader{records};

    auto const first = reader.next();
    ASSERT_TRUE(first);
    EXPECT_EQ(first->inode, 11u);
    EXPECT_EQ(first->name, "readme");
    auto const second = reader.next();
    ASSERT_TRUE(second);
    EXPECT_EQ(second->kind, Kind::directory);
    EXPECT_FALSE(reader.next());
}

TEST(Listing, hostile_records_end_the_list)
{
    std::mt19937 random{1};
    std::vector<std::byte> original;
    add(original, 1, Kind::file, "some name");
    add(original, 2, Kind::file, "another");
    for (int round = 0; round < 20'000; ++round) {
        auto records = original;
        records[random() % records.size()] = static_cast<std::byte>(random());
        records.resize(random() % (records.size() + 1));
        rescue::ListingReader reader{records};
        std::size_t count = 0;
        while (auto const entry = reader.next()) {
            std::string const name{entry->name};
            ASSERT_LE(++count, original.size());
        }
    }
}
