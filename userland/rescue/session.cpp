#include "userland/rescue/session.hpp"

namespace rescue {

// If the terminal itself fails, the next read ends the shell.
ExitStatus Session::complain(std::string_view command, std::string_view subject,
                             std::string_view reason) const
{
    if (subject.empty())
        (void)terminal.print(command, ": ", reason, "\n");
    else
        (void)terminal.print(command, ": ", subject, ": ", reason, "\n");
    return 1;
}

ExitStatus Session::complain(std::string_view command, std::string_view subject,
                             Status status) const
{
    return complain(command, subject, to_string(status));
}

}  // namespace rescue
