#include "userland/rescue/file_commands.hpp"
#include "userland/rescue/file_output.hpp"
#include "userland/rescue/path.hpp"

namespace rescue {
namespace {

// Runs `action` for each argument; complains about those that fail and goes on.
template <class Action>
ExitStatus for_each_argument(Session const& session, CommandLine const& line, Action const& action)
{
    ExitStatus status = 0;
    for (std::size_t i = 0; i < line.argument_count(); ++i)
        if (auto const done = action(line.argument(i)); !done)
            status = session.complain(line.name(), line.argument(i), done.error());
    return status;
}

Result<> print_file(Session const& session, std::string_view path, Output& output)
{
    File const file = TRY(session.root.open(below_root(path), OpenMode::existing));
    for (std::uint64_t offset = 0;;) {
        std::size_t const count = TRY(file.read(offset, session.buffer));
        if (count == 0)
            return {};
        if (count > session.buffer.size())
            return fail(Status::io_error);
        auto const* text = reinterpret_cast<char const*>(session.buffer.data());
        TRY(output.write({text, count}));
        offset += count;
    }
}

Result<> copy_content(Session const& session, File const& from, File const& to)
{
    for (std::uint64_t offset = 0;;) {
        std::size_t const count = TRY(from.read(offset, session.buffer));
        if (count == 0)
            return {};
        if (count > session.buffer.size())
            return fail(Status::io_error);
        TRY(write_all(to, offset, session.buffer.first(count)));
        offset += count;
    }
}

// Where FROM goes: TO itself, or a file of the same name in the directory TO.
sys::Line destination(Directory const& root, std::string_view from, std::string_view to)
{
    auto const attributes = root.attributes(below_root(to));
    if (attributes && attributes->kind == Kind::directory)
        return sys::Line{below_root(to), "/", last_part(from)};
    return sys::Line{below_root(to)};
}

ExitStatus fail_status(Session const& session, CommandLine const& line, std::string_view subject,
                       Result<> const& result)
{
    return result ? 0 : session.complain(line.name(), subject, result.error());
}

}  // namespace

ExitStatus print_files(Session& session, CommandLine const& line, Output& output)
{
    return for_each_argument(
        session, line, [&](std::string_view path) { return print_file(session, path, output); });
}

ExitStatus copy_file(Session& session, CommandLine const& line, Output&)
{
    std::string_view const from = line.argument(0);
    std::string_view const to = line.argument(1);
    auto const source = session.root.open(below_root(from), OpenMode::existing);
    if (!source)
        return session.complain(line.name(), from, source.error());

    // Emptying the target would empty the source if they were the same.
    sys::Line const target = destination(session.root, from, to);
    auto const source_attributes = source->attributes();
    auto const target_attributes = session.root.attributes(target.view());
    if (source_attributes && target_attributes &&
        source_attributes->inode == target_attributes->inode)
        return session.complain(line.name(), to, "is the same file");

    auto const created = session.root.open(target.view(), OpenMode::truncate);
    if (!created)
        return session.complain(line.name(), to, created.error());
    return fail_status(session, line, to, copy_content(session, *source, *created));
}

ExitStatus move_file(Session& session, CommandLine const& line, Output&)
{
    std::string_view const from = line.argument(0);
    sys::Line const target = destination(session.root, from, line.argument(1));
    return fail_status(session, line, from, session.root.rename(below_root(from), target.view()));
}

ExitStatus remove_files(Session& session, CommandLine const& line, Output&)
{
    return for_each_argument(session, line, [&](std::string_view path) {
        return session.root.remove(below_root(path));
    });
}

ExitStatus make_directories(Session& session, CommandLine const& line, Output&)
{
    return for_each_argument(session, line, [&](std::string_view path) {
        return session.root.make_directory(below_root(path));
    });
}

ExitStatus remove_directories(Session& session, CommandLine const& line, Output&)
{
    return for_each_argument(session, line, [&](std::string_view path) {
        return session.root.remove_directory(below_root(path));
    });
}

ExitStatus show_volume(Session& session, CommandLine const& line, Output& output)
{
    auto const volume = session.root.volume(".");
    if (!volume)
        return session.complain(line.name(), "", volume.error());
    auto const kib = [&](std::uint64_t blocks) { return blocks * volume->block_size / 1024; };
    auto const printed =
        output.print(kib(volume->block_count), " KiB, ", kib(volume->free_blocks), " KiB free, ",
                     volume->inode_count, " files at most, ", volume->free_inodes, " left\n");
    return printed ? 0 : 1;
}

ExitStatus sync_files(Session& session, CommandLine const& line, Output&)
{
    return fail_status(session, line, "", session.root.sync());
}

}  // namespace rescue
