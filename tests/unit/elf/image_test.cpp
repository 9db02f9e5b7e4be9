// What lib/elf accepts and what it refuses.
#include "lib/elf/image.hpp"
#include "tests/unit/elf/program_file.hpp"
#include <gtest/gtest.h>
#include <random>

using namespace elf;
using elf::test::ProgramFile;

namespace {

Status parse_status(ProgramFile const& program)
{
    auto const bytes = program.bytes();
    auto const image = Image::parse(bytes);
    return image ? Status::ok : image.error();
}

// Each test changes one thing of a valid program.
template <class Change>
void expect_refused(Change change)
{
    ProgramFile program;
    change(program);
    EXPECT_EQ(parse_status(program), Status::bad_executable);
}

}  // namespace

TEST(Image, a_valid_program_lists_its_segments_in_order)
{
    auto const bytes = ProgramFile{}.bytes();
    auto const image = Image::parse(bytes);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->entry(), 0x100100u);

    std::vector<Segment> segments;
    for (Segment const segment : image->segments())
        segments.push_back(segment);
    ASSERT_EQ(segments.size(), 2u);
    EXPECT_TRUE(segments[0].executable && segments[0].readable && !segments[0].writable);
    EXPECT_TRUE(segments[1].writable && !segments[1].executable);
    EXPECT_EQ(segments[1].first_page_address(), 0x102000u);
    EXPECT_EQ(segments[1].page_count(), 3u);
}

TEST(Image, program_headers_are_found_in_the_first_segment)
{
    auto const bytes = ProgramFile{}.bytes();
    auto const image = Image::parse(bytes);
    ASSERT_TRUE(image);
    EXPECT_EQ(image->program_headers_address(), 0x100000u + sizeof(FileHeader));
    EXPECT_EQ(image->program_header_count(), 2u);
}

TEST(Image, program_headers_outside_every_segment_have_no_address)
{
    ProgramFile program;
    program.segments[0].file_offset = 0x1000;
    program.segments[0].file_bytes = 0x10;
    auto const bytes = program.bytes();
    auto const image = Image::parse(bytes);
    ASSERT_TRUE(image);
    EXPECT_FALSE(image->program_headers_address());
}

TEST(Image, the_head_of_a_longer_file_is_enough)
{
    auto const bytes = ProgramFile{}.bytes();
    std::span const head = std::span{bytes}.first(512);
    EXPECT_TRUE(Image::parse(head, bytes.size()));
    EXPECT_FALSE(Image::parse(head));
}

TEST(Image, an_empty_segment_is_skipped)
{
    ProgramFile program;
    program.segments.push_back({SegmentType::load, flag_read, 0, 0, 0, 0, 0, 0});
    EXPECT_EQ(parse_status(program), Status::ok);
}

TEST(Image, another_kind_of_file_is_refused)
{
    expect_refused([](auto& p) { p.header.magic[1] = 'e'; });
    expect_refused([](auto& p) { p.header.file_class = 1; });
    expect_refused([](auto& p) { p.header.byte_order = 2; });
    expect_refused([](auto& p) { p.header.ident_version = 0; });
    expect_refused([](auto& p) { p.header.version = 2; });
    expect_refused([](auto& p) { p.header.type = 3; });
    expect_refused([](auto& p) { p.header.machine = 62; });
    expect_refused([](auto& p) { p.header.header_bytes = 52; });
    expect_refused([](auto& p) { p.header.program_header_bytes = 32; });
}

TEST(Image, program_headers_must_be_in_the_file)
{
    expect_refused([](auto& p) { p.segments.clear(); });
    expect_refused([](auto& p) { p.header.program_header_offset = p.file_bytes - 1; });
    expect_refused([](auto& p) { p.header.program_header_offset = ~0ull; });
    expect_refused([](auto& p) { p.segments.resize(Image::max_program_headers + 1); });
}

TEST(Image, segments_must_be_in_the_file)
{
    expect_refused([](auto& p) { p.segments[1].file_offset += 0x1000; });
    expect_refused([](auto& p) { p.segments[1].file_offset = ~0xfefull; });
    expect_refused([](auto& p) { p.segments[1].file_bytes = ~0ull; });
    expect_refused([](auto& p) { p.segments[0].memory_bytes = 0xfff; });
}

TEST(Image, segments_must_be_in_the_address_space_of_programs)
{
    expect_refused([](auto& p) { p.segments[0].address = 0xff000; });
    expect_refused([](auto& p) { p.segments[1].memory_bytes = ~0ull; });
    expect_refused([](auto& p) { p.segments[1].memory_bytes = Image::address_limit - 0x102000; });
    expect_refused([](auto& p) { p.segments[1].address = Image::address_limit + 0x10; });
    expect_refused([](auto& p) { p.segments[1].address = ~0xfefull; });
}

TEST(Image, segments_share_no_page)
{
    expect_refused([](auto& p) { p.segments[1].address = 0x100010; });
    expect_refused([](auto& p) { std::swap(p.segments[0], p.segments[1]); });
    expect_refused([](auto& p) { p.segments[0].memory_bytes = 0x2001; });
}

TEST(Image, segments_must_be_mappable)
{
    expect_refused([](auto& p) { p.segments[1].address += 8; });
    expect_refused([](auto& p) { p.segments[0].flags |= flag_write; });
}

TEST(Image, the_entry_must_be_in_an_executable_segment)
{
    expect_refused([](auto& p) { p.header.entry = 0x102020; });
    expect_refused([](auto& p) { p.header.entry = 0; });
    expect_refused([](auto& p) { p.header.entry = 0x101000; });
    expect_refused([](auto& p) { p.header.entry = 0x100101; });
}

TEST(Image, a_program_for_a_dynamic_linker_is_refused)
{
    expect_refused([](auto& p) {
        p.segments.push_back({SegmentType::interpreter, flag_read, 0, 0, 0, 0x10, 0x10, 1});
    });
}

// Whatever parse accepts of a mutated file keeps the promises of image.hpp; the sanitizers watch
// the rest.
TEST(Image, a_mutated_program_is_refused_or_still_safe)
{
    auto const original = ProgramFile{}.bytes();
    std::mt19937_64 random{1};
    for (int round = 0; round < 200'000; ++round) {
        auto bytes = original;
        for (auto changes = 1 + random() % 4; changes != 0; --changes)
            bytes[random() % 176] = static_cast<std::byte>(random());
        bytes.resize(random() % 8 == 0 ? random() % bytes.size() : bytes.size());

        auto const image = Image::parse(bytes);
        if (!image)
            continue;
        std::uint64_t lowest = Image::lowest_address;
        for (Segment const segment : image->segments()) {
            ASSERT_GE(segment.first_page_address(), lowest);
            ASSERT_LE(segment.end(), Image::address_limit);
            ASSERT_LE(segment.file_offset + segment.file_bytes, bytes.size());
            ASSERT_FALSE(segment.writable && segment.executable);
            lowest = segment.first_page_address() + segment.page_count() * page_bytes;
        }
    }
}
