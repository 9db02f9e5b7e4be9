// ls
#include "userland/rescue/file_commands.hpp"
#include "userland/rescue/listing.hpp"
#include "userland/rescue/path.hpp"

namespace rescue {
namespace {

struct Style {
    bool is_long = false;
    bool names_directories = false;  // there is more than one
};

Result<> print_entry(Output& output, std::string_view name, Kind kind)
{
    return output.print(name, kind == Kind::directory ? "/" : "", "\n");
}

Result<> print_long(Output& output, std::string_view name, Attributes const& attributes)
{
    return output.print(sys::Padded{attributes.inode, 8}, sys::Padded{attributes.links, 4},
                        sys::Padded{attributes.size, 12}, "  ", name,
                        attributes.kind == Kind::directory ? "/" : "", "\n");
}

bool is_dot(std::string_view name) { return name == "." || name == ".."; }

Result<> print_records(Directory const& directory, std::span<std::byte const> records,
                       Style const& style, Output& output)
{
    ListingReader reader{records};
    while (auto const entry = reader.next()) {
        if (is_dot(entry->name))
            continue;
        if (!style.is_long) {
            TRY(print_entry(output, entry->name, entry->kind));
            continue;
        }
        auto const attributes = TRY(directory.attributes(entry->name));
        TRY(print_long(output, entry->name, attributes));
    }
    return {};
}

Result<> list_directory(Session const& session, std::string_view path, Style const& style,
                        Output& output)
{
    Directory const directory = TRY(session.root.open_directory(below_root(path)));
    if (style.names_directories)
        TRY(output.print(path, ":\n"));
    for (std::uint64_t cookie = 0;;) {
        auto const part = TRY(directory.list(cookie, session.buffer));
        if (part.count == 0)
            return {};
        if (part.count > session.buffer.size())
            return fail(Status::io_error);
        TRY(print_records(directory, session.buffer.first(part.count), style, output));
        cookie = part.next;
    }
}

Result<> list_path(Session const& session, std::string_view path, Style const& style,
                   Output& output)
{
    auto const attributes = TRY(session.root.attributes(below_root(path)));
    if (attributes.kind == Kind::directory)
        return list_directory(session, path, style, output);
    if (style.is_long)
        return print_long(output, path, attributes);
    return print_entry(output, path, attributes.kind);
}

}  // namespace

ExitStatus list_files(Session& session, CommandLine const& line, Output& output)
{
    Style style;
    style.is_long = line.argument_count() != 0 && line.argument(0) == "-l";
    std::size_t const first_path = style.is_long ? 1 : 0;
    style.names_directories = line.argument_count() - first_path > 1;

    ExitStatus status = 0;
    if (line.argument_count() == first_path) {
        if (auto const listed = list_path(session, "/", style, output); !listed)
            status = session.complain(line.name(), "/", listed.error());
    }
    for (std::size_t i = first_path; i < line.argument_count(); ++i)
        if (auto const listed = list_path(session, line.argument(i), style, output); !listed)
            status = session.complain(line.name(), line.argument(i), listed.error());
    return status;
}

}  // namespace rescue
