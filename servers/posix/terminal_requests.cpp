#include "servers/posix/terminal_requests.hpp"
#include "lib/posix/terminal_characters.hpp"

namespace posix {
namespace {

TerminalModes modes_of(TerminalSettings const& settings)
{
    TerminalModes modes{.input = settings.input,
                        .output = settings.output,
                        .control = settings.control,
                        .local = settings.local,
                        .characters = {}};
    get_characters(settings, modes.characters);
    return modes;
}

TerminalSettings settings_of(TerminalModes const& modes)
{
    TerminalSettings settings{.input = modes.input,
                              .output = modes.output,
                              .control = modes.control,
                              .local = modes.local};
    put_characters(settings, modes.characters);
    return settings;
}

}  // namespace

Result<TerminalSettings> TerminalRequests::settings() { return settings_of(core_.modes()); }

Result<> TerminalRequests::set_settings(TerminalSettings const& settings, bool, bool drop_input,
                                        std::int32_t process)
{
    return core_.set_modes(modes_of(settings), drop_input, process);
}

Result<> TerminalRequests::set_size(std::uint16_t rows, std::uint16_t columns)
{
    core_.set_size(rows, columns);
    return {};
}

Result<> TerminalRequests::set_foreground(std::int32_t group, std::int32_t process)
{
    return core_.set_foreground(group, process);
}

Result<> TerminalRequests::set_exclusive(bool exclusive)
{
    core_.set_exclusive(exclusive);
    return {};
}

Result<> TerminalRequests::drop(bool input, bool output)
{
    core_.drop(input, output);
    return {};
}

}  // namespace posix
