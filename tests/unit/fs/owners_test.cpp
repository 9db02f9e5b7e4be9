// Owners and permissions: what the tree allows whom.
#include "tests/unit/fs/mounted.hpp"
#include <gtest/gtest.h>

namespace {

using fs::mode::of;

constexpr fs::Mode directory_mode(unsigned permissions)
{
    return static_cast<fs::Mode>(of(fs::Kind::directory) | permissions);
}

constexpr std::uint32_t groups_of_ann[] = {200, 300};
fs::Credential const superuser;
fs::Credential const ann{10, 100, groups_of_ann};
fs::Credential const bob{11, 200, {}};
fs::Credential const eve{12, 400, {}};

fs::Opening opening(bool reads, bool writes)
{
    return {.wants_read = reads, .wants_write = writes};
}

fs::Opening making(unsigned permissions)
{
    return {.existing = fs::Opening::Existing::allowed,
            .wants_write = true,
            .mode = static_cast<fs::Mode>(permissions)};
}

class Owners : public testing::Test {
protected:
    Owners()
    {
        // "home" is everybody's, "home/ann" Ann's, with files of several modes.
        EXPECT_TRUE(see(superuser).make("home", directory_mode(0777)));
        EXPECT_TRUE(see(ann).make("home/ann", directory_mode(0755)));
        for (unsigned const permissions : {0600u, 0640u, 0604u, 0755u, 0000u})
            EXPECT_TRUE(see(ann).open(file(permissions), making(permissions)));
    }
    ~Owners()
    {
        EXPECT_TRUE(mounted->sync());
        mounted.reset();
        EXPECT_EQ(image.check(), 0) << image.output();
    }

    fs::View see(fs::Credential const& who) { return mounted->view(who); }
    fs::NodeRef at(std::string_view path) { return *see(superuser).find(path, fs::LastLink::keep); }
    fs::Ownership ownership(std::string_view path)
    {
        fs::NodeRef const node = at(path);
        return node->ownership;
    }
    Status change(fs::Credential const& who, std::string_view path,
                  fs::AttributeChange const& change, bool to_chosen_times = false)
    {
        return to_status(see(who).change(at(path), change, to_chosen_times));
    }
    static std::string file(unsigned permissions)
    {
        return "home/ann/" + std::to_string(permissions);
    }
    Status open(fs::Credential const& who, std::string_view path, fs::Opening const& how)
    {
        auto const opened = see(who).open(path, how);
        return opened ? Status::ok : opened.error();
    }

    Image image{"-b 4096 -O ^has_journal"};
    std::unique_ptr<Mounted> mounted = std::make_unique<Mounted>(image);
};

}  // namespace

TEST_F(Owners, new_files_belong_to_who_made_them)
{
    EXPECT_EQ(ownership(file(0640)).owner, 10u);
    EXPECT_EQ(ownership(file(0640)).group, 100u);
    EXPECT_EQ(ownership(file(0640)).mode, of(fs::Kind::file) | 0640);
    EXPECT_EQ(ownership("home").owner, 0u);
}

TEST_F(Owners, bits_of_the_owner_of_the_group_and_of_others)
{
    ASSERT_EQ(change(superuser, file(0640), {.sets_group = true, .group = 200}), Status::ok);
    EXPECT_EQ(open(ann, file(0640), opening(true, true)), Status::ok);
    EXPECT_EQ(open(bob, file(0640), opening(true, false)), Status::ok);
    EXPECT_EQ(open(bob, file(0640), opening(true, true)), Status::access_denied);
    EXPECT_EQ(open(eve, file(0640), opening(true, false)), Status::access_denied);
    EXPECT_EQ(open(eve, file(0604), opening(true, false)), Status::ok);
    EXPECT_EQ(open(ann, file(0000), opening(true, false)), Status::access_denied);
    EXPECT_EQ(open(superuser, file(0000), opening(true, true)), Status::ok);
    // The owner's bits count, even where others have more.
    ASSERT_EQ(change(ann, file(0604), {.sets_mode = true, .mode = 0007}), Status::ok);
    EXPECT_EQ(open(ann, file(0604), opening(true, false)), Status::access_denied);
}

TEST_F(Owners, a_further_group_counts)
{
    ASSERT_EQ(change(superuser, file(0640),
                     {.sets_owner = true, .sets_group = true, .owner = 99, .group = 300}),
              Status::ok);
    EXPECT_EQ(open(ann, file(0640), opening(true, false)), Status::ok);
    EXPECT_EQ(open(bob, file(0640), opening(true, false)), Status::access_denied);
}

TEST_F(Owners, who_makes_a_file_may_write_it_whatever_its_mode)
{
    auto const opened = see(ann).open("home/ann/new", making(0400));
    ASSERT_TRUE(opened);
    EXPECT_TRUE(opened->may_write);
    EXPECT_FALSE(opened->may_read);
    EXPECT_EQ(open(ann, "home/ann/new", making(0400)), Status::access_denied);
}

TEST_F(Owners, unsaid_access_is_what_is_permitted)
{
    fs::Opening const unsaid{.takes_what_it_may = true};
    auto const opened = see(eve).open(file(0604), unsaid);
    ASSERT_TRUE(opened);
    EXPECT_TRUE(opened->may_read);
    EXPECT_FALSE(opened->may_write);
    EXPECT_EQ(open(eve, file(0600), unsaid), Status::access_denied);
}

TEST_F(Owners, execution_needs_its_own_bit)
{
    fs::Opening const executing{.wants_execute = true};
    EXPECT_EQ(open(eve, file(0755), executing), Status::ok);
    EXPECT_EQ(open(eve, file(0604), executing), Status::access_denied);
    EXPECT_EQ(open(superuser, file(0604), executing), Status::access_denied);
}

TEST_F(Owners, every_directory_on_the_way_has_to_be_searchable)
{
    ASSERT_EQ(change(ann, "home/ann", {.sets_mode = true, .mode = 0700}), Status::ok);
    EXPECT_EQ(open(eve, file(0604), opening(true, false)), Status::access_denied);
    EXPECT_EQ(see(eve).find(file(0604), fs::LastLink::keep).error(), Status::access_denied);
    EXPECT_EQ(see(eve).find("home/ann/../ann/x", fs::LastLink::keep).error(),
              Status::access_denied);
    EXPECT_TRUE(see(eve).find("home/ann", fs::LastLink::keep));
    EXPECT_EQ(open(superuser, file(0604), opening(true, false)), Status::ok);
}

TEST_F(Owners, names_are_changed_by_who_may_write_the_directory)
{
    EXPECT_EQ(see(eve).make("home/ann/x", directory_mode(0755)).error(), Status::access_denied);
    EXPECT_EQ(see(eve).make_link("home/ann/x", "y").error(), Status::access_denied);
    EXPECT_EQ(see(eve).remove(file(0604)).error(), Status::access_denied);
    EXPECT_EQ(see(eve).rename(file(0604), "home/stolen", true).error(), Status::access_denied);
    EXPECT_EQ(open(eve, "home/ann/x", making(0644)), Status::access_denied);
    EXPECT_EQ(see(eve).make(file(0604), directory_mode(0755)).error(), Status::already_exists);
    EXPECT_TRUE(see(ann).remove(file(0604)));
}

TEST_F(Owners, a_sticky_directory_keeps_everybodys_files)
{
    ASSERT_EQ(change(superuser, "home", {.sets_mode = true, .mode = 01777}), Status::ok);
    ASSERT_EQ(open(eve, "home/eves", making(0666)), Status::ok);
    EXPECT_EQ(see(ann).remove("home/eves").error(), Status::not_permitted);
    EXPECT_EQ(see(ann).rename("home/eves", "home/mine", true).error(), Status::not_permitted);
    ASSERT_EQ(open(ann, "home/anns", making(0666)), Status::ok);
    EXPECT_EQ(see(ann).rename("home/anns", "home/eves", true).error(), Status::not_permitted);
    EXPECT_EQ(see(eve).remove_directory("home/ann").error(), Status::not_permitted);
    EXPECT_TRUE(see(eve).remove("home/eves"));
    EXPECT_TRUE(see(superuser).remove("home/anns"));
}

TEST_F(Owners, a_set_group_directory_passes_its_group_on)
{
    ASSERT_EQ(change(superuser, "home",
                     {.sets_mode = true, .sets_group = true, .mode = 02777, .group = 500}),
              Status::ok);
    ASSERT_TRUE(see(eve).make("home/below", directory_mode(0755)));
    EXPECT_EQ(ownership("home/below").group, 500u);
    EXPECT_EQ(ownership("home/below").mode & 07777, 02755);
    ASSERT_EQ(open(eve, "home/below/program", making(02775)), Status::ok);
    EXPECT_EQ(ownership("home/below/program").group, 500u);
    EXPECT_EQ(ownership("home/below/program").mode & 07777, 0775);  // she is not in that group
}

TEST_F(Owners, only_the_owner_changes_the_mode)
{
    EXPECT_EQ(change(eve, file(0604), {.sets_mode = true, .mode = 0777}), Status::not_permitted);
    EXPECT_EQ(change(ann, file(0604), {.sets_mode = true, .mode = 04711}), Status::ok);
    EXPECT_EQ(ownership(file(0604)).mode & 07777, 04711);
    // Set-group only for a group that she is in.
    ASSERT_EQ(change(superuser, file(0600), {.sets_group = true, .group = 77}), Status::ok);
    EXPECT_EQ(change(ann, file(0600), {.sets_mode = true, .mode = 02711}), Status::ok);
    EXPECT_EQ(ownership(file(0600)).mode & 07777, 0711);
}

TEST_F(Owners, files_are_given_away_by_the_superuser_only)
{
    EXPECT_EQ(change(ann, file(0600), {.sets_owner = true, .owner = 11}), Status::not_permitted);
    EXPECT_EQ(change(ann, file(0600), {.sets_group = true, .group = 300}), Status::ok);
    EXPECT_EQ(change(ann, file(0600), {.sets_group = true, .group = 999}), Status::not_permitted);
    EXPECT_EQ(change(eve, file(0600), {.sets_group = true, .group = 400}), Status::not_permitted);
    EXPECT_EQ(change(superuser, file(0600), {.sets_owner = true, .owner = 70'000}), Status::ok);
    EXPECT_EQ(ownership(file(0600)).owner, 70'000u);
}

TEST_F(Owners, a_program_that_changes_hands_runs_as_nobody)
{
    ASSERT_EQ(change(ann, file(0755), {.sets_mode = true, .mode = 06755}), Status::ok);
    ASSERT_EQ(change(ann, file(0755), {.sets_group = true, .group = 300}), Status::ok);
    EXPECT_EQ(ownership(file(0755)).mode & 07777, 0755);
    EXPECT_EQ(fs::mode_after_write(bob, of(fs::Kind::file) | 06755), of(fs::Kind::file) | 0755);
    EXPECT_EQ(fs::mode_after_write(superuser, 06755), 06755);
}

TEST_F(Owners, times_are_touched_by_writers_and_set_by_the_owner)
{
    fs::Timestamp const when{5'000'000'000, 42};
    fs::AttributeChange const times{.accessed = &when, .modified = &when};
    ASSERT_EQ(change(ann, file(0604), {.sets_mode = true, .mode = 0606}), Status::ok);
    EXPECT_EQ(change(eve, file(0604), times, true), Status::not_permitted);
    EXPECT_EQ(change(eve, file(0600), times), Status::access_denied);
    EXPECT_EQ(change(eve, file(0604), times), Status::ok);
    ASSERT_EQ(change(ann, file(0604), times, true), Status::ok);
    fs::NodeRef const node = at(file(0604));
    fs::Attributes const attributes = node.system().attributes(*node);
    EXPECT_EQ(attributes.modified.seconds, when.seconds);
    EXPECT_EQ(attributes.modified.nanoseconds, 42u);
    EXPECT_EQ(attributes.accessed.seconds, when.seconds);
    EXPECT_LT(attributes.changed.seconds, when.seconds);
}

TEST_F(Owners, who_may_not_use_a_file_does_not_give_it_names)
{
    EXPECT_EQ(see(eve).link(file(0604), "home/name", fs::LastLink::keep).error(),
              Status::not_permitted);
    ASSERT_EQ(change(ann, file(0604), {.sets_mode = true, .mode = 0606}), Status::ok);
    EXPECT_TRUE(see(eve).link(file(0604), "home/name", fs::LastLink::keep));
    EXPECT_EQ(open(eve, "home/name", opening(true, true)), Status::ok);
}

TEST_F(Owners, reach_the_disk)
{
    ASSERT_EQ(change(superuser, file(0640),
                     {.sets_owner = true, .sets_group = true, .owner = 70'000, .group = 80'000}),
              Status::ok);
    ASSERT_TRUE(mounted->sync());
    std::string const shown = image.debugfs("stat " + file(0640));
    EXPECT_NE(shown.find("User: 70000   Group: 80000"), std::string::npos) << shown;
    EXPECT_NE(shown.find("Mode:  0640"), std::string::npos) << shown;
}
