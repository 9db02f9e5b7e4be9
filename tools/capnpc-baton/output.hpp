// The text of a generated file: lines, indented by the blocks that are open.
#pragma once
#include <sstream>
#include <string>
#include <string_view>

class Output {
public:
    // An empty line, or one made of the parts.
    void line() { append(""); }
    template <class... Parts>
    void line(Parts const&... parts)
    {
        std::ostringstream text;
        (void)(text << ... << parts);
        append(text.str());
    }

    // A comment of as many lines as `text` has; nothing for an empty one.
    void comment(std::string_view text);

    void open() { ++depth_; }
    void close() { --depth_; }
    std::string const& text() const { return text_; }

private:
    void append(std::string const& line);

    std::string text_;
    int depth_ = 0;
};

// Indents what is written while it lives.
class Indented {
public:
    explicit Indented(Output& output) : output_{output} { output_.open(); }
    ~Indented() { output_.close(); }
    Indented(Indented const&) = delete;
    Indented& operator=(Indented const&) = delete;

private:
    Output& output_;
};
