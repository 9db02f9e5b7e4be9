// Names: links, nodes without content, the mount, and paths that are meant to do harm.
#include "tests/files/check.hpp"
#include <array>

namespace files {
namespace {

Result<> check_links(Directory const& root)
{
    TRY(root.link("anns", "anns-too"));
    check("a file has two names", TRY(root.attributes("anns")).links == 2);
    TRY(root.symbolic_link("anns-too", "link"));
    std::array<std::byte, 64> buffer{};
    std::size_t const count = TRY(root.read_link("link", buffer));
    check("a link says where it leads",
          std::ranges::equal(std::span{buffer}.first(count), bytes("anns-too")));
    check("attributes are of the file or of the link",
          TRY(root.attributes("link")).kind == Kind::file &&
              TRY(root.attributes("link", true)).kind == Kind::symbolic_link);
    fails_with("a link is not followed where it must not be",
               root.open("link", OpenMode::existing, Access::read, false, true), Status::link_loop);
    fails_with("a file is no link", root.read_link("anns", buffer), Status::bad_argument);
    TRY(root.make_node("fifo", Kind::fifo, 0600));
    check("a fifo is one", TRY(root.attributes("fifo")).kind == Kind::fifo);
    fails_with("devices are not made", root.make_node("device", Kind::block_device, 0600),
               Status::not_supported);
    return {};
}

Result<> check_mount(Directory const& root)
{
    check("two file systems have two numbers",
          TRY(root.attributes("tmp")).volume != TRY(root.attributes(".")).volume);
    TRY(root.open("tmp/file", OpenMode::create));
    fails_with("a name does not move between them", root.rename("tmp/file", "file"),
               Status::cross_device);
    check("a path comes back", TRY(root.attributes("tmp/../anns")).owner == 1000);
    return {};
}

Result<> check_hostile_paths(Directory const& root)
{
    Directory const below = TRY(root.open_directory("tmp"));
    fails_with("nothing is above", below.attributes("../anns"), Status::not_found);
    TRY(root.symbolic_link("/anns", "tmp/up"));
    fails_with("nor by a link", below.attributes("up"), Status::not_found);
    constexpr std::string_view with_zero{"a\0b", 3};
    fails_with("a name has no zero byte", root.make_directory(with_zero), Status::bad_argument);
    fails_with("an empty path makes nothing", root.make_directory(""), Status::already_exists);
    static constexpr std::array<char, 300> letters = [] {
        std::array<char, 300> made{};
        made.fill('x');
        return made;
    }();
    fails_with("a name ends somewhere", root.make_directory({letters.data(), letters.size()}),
               Status::name_too_long);
    fails_with("a mode of the future is refused", root.open("anns", static_cast<OpenMode>(77)),
               Status::bad_argument);
    return {};
}

}  // namespace

Result<> check_names(Directory const& root)
{
    TRY(check_links(root));
    TRY(check_mount(root));
    return check_hostile_paths(root);
}

}  // namespace files
