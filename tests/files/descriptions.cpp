// Open files: a position that copies of the handle share, and what the file was opened for.
#include "lib/sys/syscalls.hpp"
#include "tests/files/check.hpp"
#include <array>

namespace files {
namespace {

Result<File> copy_of(File const& file) { return File{TRY(sys::duplicate(file.value()))}; }

Result<bool> reads_next(File const& file, std::string_view expected)
{
    std::array<std::byte, 64> buffer{};
    std::size_t const count = TRY(file.read_next(std::span{buffer}.first(expected.size())));
    return std::ranges::equal(std::span{buffer}.first(count), bytes(expected));
}

Result<> check_position(Directory const& root)
{
    File const file = TRY(root.open("shared", OpenMode::truncate));
    File const copy = TRY(copy_of(file));
    File const other = TRY(root.open("shared", OpenMode::existing));
    check("writes go on where the last one stopped",
          TRY(file.write_next(bytes("abc"))) == 3 && TRY(copy.write_next(bytes("def"))) == 3);
    check("a copy of the handle shares the position",
          TRY(copy.seek(0, Origin::current)) == 6 && TRY(file.seek(1, Origin::start)) == 1 &&
              TRY(reads_next(copy, "bcd")) && TRY(reads_next(file, "ef")));
    check("another open file has its own", TRY(reads_next(other, "abcdef")));
    check("reading at an offset leaves the position alone",
          TRY(file.seek(-2, Origin::end)) == 4 && TRY(file.write(0, bytes("A"))) == 1 &&
              TRY(reads_next(file, "ef")));
    fails_with("there is nothing before the start", file.seek(-1, Origin::start),
               Status::bad_argument);
    check("the position may be behind the end",
          TRY(file.seek(10, Origin::end)) == 16 && TRY(reads_next(file, "")));
    return {};
}

Result<> check_appending(Directory const& root)
{
    File const file = TRY(root.open("shared", OpenMode::existing, Access::write, true));
    File const other = TRY(root.open("shared", OpenMode::existing));
    std::uint64_t const size = TRY(other.attributes()).size;
    TRY(file.seek(0, Origin::start));
    TRY(other.write(size, bytes("1")));
    TRY(file.write_next(bytes("2")));
    check("what is appended goes to the end, wherever the position was",
          TRY(other.attributes()).size == size + 2 &&
              TRY(file.seek(0, Origin::current)) == size + 2);
    TRY(file.set_flags(false));
    TRY(file.seek(0, Origin::start));
    TRY(file.write_next(bytes("B")));
    check("unless it appends no longer",
          TRY(other.attributes()).size == size + 2 && TRY(reads_next(other, "B")));
    return {};
}

Result<> check_access(Directory const& root)
{
    std::array<std::byte, 8> buffer{};
    File const reader = TRY(root.open("shared", OpenMode::existing, Access::read));
    File const writer = TRY(root.open("shared", OpenMode::existing, Access::write));
    File const copy = TRY(copy_of(reader));
    fails_with("who may read only does not write", reader.write(0, bytes("x")),
               Status::wrong_access);
    fails_with("nor through a copy", copy.write_next(bytes("x")), Status::wrong_access);
    fails_with("nor cut", reader.truncate(0), Status::wrong_access);
    fails_with("who may write only does not read", writer.read(0, buffer), Status::wrong_access);
    fails_with("nor go on reading", writer.read_next(buffer), Status::wrong_access);
    auto const flags = TRY(reader.flags());
    check("flags say so", flags.read && !flags.write && !flags.append);
    return {};
}

}  // namespace

Result<> check_descriptions(Directory const& root)
{
    TRY(check_position(root));
    TRY(check_appending(root));
    return check_access(root);
}

}  // namespace files
