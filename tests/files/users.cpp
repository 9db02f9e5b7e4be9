// Users: a directory stands for one, and its holder cannot become another.
#include "tests/files/check.hpp"
#include <array>

namespace files {
namespace {

constexpr std::array<std::uint32_t, 2> groups{200, 300};
constexpr std::uint32_t ann = 1000;

Result<> check_becoming(Directory const& root, Directory const& ann_root)
{
    fails_with("only user 0 gets a directory for another", ann_root.for_user(0, 0, {}),
               Status::not_permitted);
    Directory const below = TRY(ann_root.open_directory("tmp"));
    fails_with("nor does it help to go down", below.for_user(0, 0, {}), Status::not_permitted);
    std::array<std::uint32_t, 33> const many{};
    fails_with("33 groups are too many", root.for_user(1, 1, many), Status::bad_argument);
    return {};
}

Result<> check_files(Directory const& root, Directory const& ann_root)
{
    fails_with("the root is not hers to write", ann_root.open("hers", OpenMode::create),
               Status::access_denied);
    File const own =
        TRY(ann_root.open("tmp/hers", OpenMode::create, Access::read_write, false, false, 0600));
    auto const attributes = TRY(own.attributes());
    check("a new file is hers",
          attributes.owner == ann && attributes.group == 100 && attributes.mode == 0600);
    fails_with("files are not given away", own.set_attributes({.set_owner = true, .owner = 0}),
               Status::not_permitted);
    TRY(own.set_attributes({.set_mode = true, .mode = 0640}));
    check("its mode is hers to set", TRY(root.attributes("tmp/hers")).mode == 0640);
    TRY(root.open("secret", OpenMode::create, Access::read_write, false, false, 0600));
    fails_with("nobody else's secret is hers", ann_root.open("secret", OpenMode::existing),
               Status::access_denied);
    fails_with("nor to remove", ann_root.remove("secret"), Status::access_denied);
    fails_with("nor to ask for", ann_root.check("secret", 4), Status::access_denied);
    check("but to know of", TRY(ann_root.attributes("secret")).mode == 0600);
    return {};
}

}  // namespace

Result<> check_users(Directory const& root)
{
    Directory const ann_root = TRY(root.for_user(ann, 100, groups));
    TRY(check_becoming(root, ann_root));
    TRY(check_files(root, ann_root));
    // For the host's e2fsck and debugfs to look at.
    TRY(root.open("anns", OpenMode::create));
    return root.set_attributes("anns", {.set_mode = true,
                                        .set_owner = true,
                                        .set_group = true,
                                        .mode = 04751,
                                        .owner = ann,
                                        .group = 70'000});
}

}  // namespace files
