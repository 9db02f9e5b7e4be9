#include "tools/capnpc-baton/output.hpp"

void Output::append(std::string const& line)
{
    if (!line.empty())
        text_.append(static_cast<std::size_t>(depth_) * 4, ' ').append(line);
    text_ += '\n';
}

void Output::comment(std::string_view text)
{
    while (!text.empty()) {
        auto end = text.find('\n');
        auto line_text = text.substr(0, end);
        if (line_text.empty())
            line("//");
        else
            line("// ", line_text);
        if (end == std::string_view::npos)
            return;
        text.remove_prefix(end + 1);
    }
}
