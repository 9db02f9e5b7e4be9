// Directory entries from a file server that may be broken or hostile.
#include "libc/posix/directory_record.hpp"
#include <cstring>
#include <gtest/gtest.h>
#include <random>
#include <vector>

using posix::DirectoryRecord;

namespace {

std::vector<std::byte> record(std::string_view name, std::uint16_t record_bytes,
                              std::uint16_t name_bytes)
{
    std::vector<std::byte> bytes(record_bytes < 16 ? 16 : record_bytes);
    std::uint64_t const inode = 42;
    std::memcpy(bytes.data(), &inode, 8);
    std::memcpy(bytes.data() + 8, &record_bytes, 2);
    std::memcpy(bytes.data() + 10, &name_bytes, 2);
    bytes[12] = std::byte{1};
    std::memcpy(bytes.data() + 16, name.data(), std::min(name.size(), bytes.size() - 16));
    return bytes;
}

Status status_of(std::vector<std::byte> const& bytes)
{
    auto const parsed = DirectoryRecord::parse(bytes);
    return parsed ? Status::ok : parsed.error();
}

}  // namespace

TEST(DirectoryRecord, a_valid_one_is_taken_apart)
{
    auto const bytes = record("file", 24, 4);
    auto const parsed = DirectoryRecord::parse(bytes);
    ASSERT_TRUE(parsed);
    EXPECT_EQ(parsed->inode, 42u);
    EXPECT_EQ(parsed->kind, 1u);
    EXPECT_EQ(parsed->name, "file");
    EXPECT_EQ(parsed->bytes, 24u);
}

TEST(DirectoryRecord, lengths_that_contradict_each_other_are_refused)
{
    EXPECT_EQ(status_of(record("file", 16, 4)), Status::io_error);
    EXPECT_EQ(status_of(record("file", 0, 4)), Status::io_error);
    EXPECT_EQ(status_of(record("file", 24, 9)), Status::io_error);
    auto longer_than_the_buffer = record("file", 32, 4);
    longer_than_the_buffer.resize(24);
    EXPECT_EQ(status_of(longer_than_the_buffer), Status::io_error);
    EXPECT_EQ(status_of({}), Status::io_error);
}

TEST(DirectoryRecord, what_is_no_name_is_refused)
{
    EXPECT_EQ(status_of(record("", 16, 0)), Status::io_error);
    EXPECT_EQ(status_of(record("a/b", 24, 3)), Status::io_error);
    EXPECT_EQ(status_of(record({"a\0b", 3}, 24, 3)), Status::io_error);
    EXPECT_EQ(status_of(record(std::string(300, 'x'), 320, 300)), Status::io_error);
}

TEST(DirectoryRecord, random_bytes_never_lead_out_of_the_buffer)
{
    std::mt19937 random{1};
    for (int i = 0; i < 100'000; ++i) {
        std::vector<std::byte> bytes(random() % 64);
        for (std::byte& byte : bytes)
            byte = static_cast<std::byte>(random() % 40);
        auto const parsed = DirectoryRecord::parse(bytes);
        if (!parsed)
            continue;
        EXPECT_LE(parsed->bytes, bytes.size());
        EXPECT_LE(parsed->name.size() + 16, parsed->bytes);
    }
}
