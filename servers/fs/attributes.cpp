#include "servers/fs/attributes.hpp"

namespace {

constexpr std::uint32_t nanoseconds_per_second = 1'000'000'000;

// A time that a client sets; nullptr: it stays as it is.
fs::Timestamp const* chosen(TimeChange change, fs::Timestamp const& set, fs::Timestamp const& now)
{
    switch (change) {
    case TimeChange::set:
        return &set;
    case TimeChange::now:
        return &now;
    case TimeChange::keep:
        break;
    }
    return nullptr;
}

}  // namespace

Kind kind_of(fs::Kind kind)
{
    constexpr Kind kinds[] = {
        Kind::file,         Kind::directory, Kind::symbolic_link, Kind::character_device,
        Kind::block_device, Kind::fifo,      Kind::socket,        Kind::other};
    return kinds[static_cast<std::size_t>(kind)];
}

Attributes attributes_of(fs::NodeRef const& node)
{
    fs::Attributes const found = node.system().attributes(*node);
    return {.inode = node->number,
            .size = found.size,
            .modified = found.modified.seconds,
            .mode = static_cast<std::uint16_t>(found.ownership.mode & fs::mode::permissions),
            .kind = kind_of(found.ownership.kind()),
            .links = found.links,
            .accessed = found.accessed.seconds,
            .changed = found.changed.seconds,
            .modified_nanoseconds = found.modified.nanoseconds,
            .accessed_nanoseconds = found.accessed.nanoseconds,
            .changed_nanoseconds = found.changed.nanoseconds,
            .owner = found.ownership.owner,
            .group = found.ownership.group,
            .volume = node.system().id() + 1,
            .blocks = found.blocks,
            .device = found.device};
}

Result<> change_attributes(fs::View const& view, fs::NodeRef const& node,
                           AttributeChange const& change, fs::Clock& clock)
{
    if (change.accessed > TimeChange::set || change.modified > TimeChange::set ||
        change.accessed_nanoseconds >= nanoseconds_per_second ||
        change.modified_nanoseconds >= nanoseconds_per_second)
        return fail(Status::bad_argument);
    fs::Timestamp const now = clock.now();
    fs::Timestamp const accessed{change.accessed_seconds, change.accessed_nanoseconds};
    fs::Timestamp const modified{change.modified_seconds, change.modified_nanoseconds};
    // Only when both become `now` is it a mere touch, which whoever may write is free to do.
    bool const is_touch = change.accessed == TimeChange::now && change.modified == TimeChange::now;
    return view.change(node,
                       {.accessed = chosen(change.accessed, accessed, now),
                        .modified = chosen(change.modified, modified, now),
                        .sets_mode = change.set_mode,
                        .sets_owner = change.set_owner,
                        .sets_group = change.set_group,
                        .mode = change.mode,
                        .owner = change.owner,
                        .group = change.group},
                       !is_touch);
}
