#include "tests/bench/client/files.hpp"
#include "abi/syscall.hpp"
#include "tests/bench/client/measure.hpp"
#include <array>

namespace bench {
namespace {

constexpr std::string_view path = "bin/hello";

// What the server does when it hears of the end belongs to it: it is more urgent than this program.
Result<> open_and_close(Directory const& root)
{
    TRY(root.open(path, OpenMode::existing));
    return {};
}

Result<> ask_attributes(Directory const& root)
{
    TRY(root.attributes(path));
    return {};
}

Result<> read_page(File const& file, std::span<std::byte> page)
{
    auto const count = TRY(file.read(0, page));
    return count == page.size() ? Result<>{} : fail(Status::out_of_range);
}

}  // namespace

Result<> measure_files(Directory const& root)
{
    alignas(abi::page_size) static std::array<std::byte, abi::page_size> page{};
    auto const file = TRY(root.open(path, OpenMode::existing));
    TRY(measure("file_open_close", [&] { return open_and_close(root); }));
    TRY(measure("file_attributes", [&] { return ask_attributes(root); }));
    return measure("file_read_4k", [&] { return read_page(file, page); });
}

}  // namespace bench
