#include "userland/rescue/command_line.hpp"

namespace rescue {

using Outcome = std::expected<void, std::string_view>;

// Reads the line from left to right, once.
class CommandLineParser {
public:
    CommandLineParser(std::string_view line, std::string_view last_status)
        : rest_{line}, last_status_{last_status}
    {
    }

    std::expected<CommandLine, std::string_view> run()
    {
        for (skip_spaces(); !is_at_end(); skip_spaces())
            if (auto const taken = take_next(); !taken)
                return std::unexpected{taken.error()};
        take_end();
        if (expects_target_)
            return std::unexpected{"a file name is missing after >"};
        if (result_.empty() && (result_.redirection_ != Redirection::none || result_.background_))
            return std::unexpected{"a command is missing"};
        return result_;
    }

private:
    void skip_spaces()
    {
        while (!rest_.empty() && rest_.front() == ' ')
            rest_.remove_prefix(1);
    }

    bool is_at_end() const
    {
        return rest_.empty() || std::string_view{"#&;"}.find(rest_.front()) != rest_.npos;
    }

    void take_end()
    {
        result_.background_ = rest_.starts_with('&');
        if (!rest_.empty() && rest_.front() != '#')
            result_.rest_ = rest_.substr(1);
    }

    Outcome take_next() { return rest_.front() == '>' ? take_redirection() : take_word(); }

    Outcome take_redirection()
    {
        if (result_.redirection_ != Redirection::none)
            return std::unexpected{"the output can go to one file only"};
        bool const append = rest_.starts_with(">>");
        result_.redirection_ = append ? Redirection::append : Redirection::overwrite;
        rest_.remove_prefix(append ? 2 : 1);
        expects_target_ = true;
        return {};
    }

    Outcome take_word()
    {
        std::size_t const begin = used_;
        while (!rest_.empty() && std::string_view{" >&;"}.find(rest_.front()) == rest_.npos)
            if (auto const taken = take_part(); !taken)
                return taken;
        return add_word({static_cast<std::uint16_t>(begin), static_cast<std::uint16_t>(used_)});
    }

    // A quoted part of a word, or one character of it.
    Outcome take_part()
    {
        switch (rest_.front()) {
        case '\'':
            return take_quoted('\'');
        case '"':
            return take_quoted('"');
        default:
            return take_character();
        }
    }

    Outcome take_quoted(char quote)
    {
        rest_.remove_prefix(1);
        while (!rest_.empty() && rest_.front() != quote)
            if (auto const taken = quote == '"' ? take_character() : put_front(); !taken)
                return taken;
        if (rest_.empty())
            return std::unexpected{quote == '"' ? "the closing \" is missing"
                                                : "the closing ' is missing"};
        rest_.remove_prefix(1);
        return {};
    }

    Outcome take_character()
    {
        if (rest_.starts_with("$?")) {
            rest_.remove_prefix(2);
            return put(last_status_);
        }
        if (rest_.front() == '\\' && rest_.size() > 1)
            rest_.remove_prefix(1);
        return put_front();
    }

    Outcome put_front()
    {
        auto const put_status = put(rest_.substr(0, 1));
        rest_.remove_prefix(1);
        return put_status;
    }

    Outcome put(std::string_view text)
    {
        if (text.size() > result_.text_.size() - used_)
            return std::unexpected{"the line is too long"};
        used_ += text.copy(result_.text_.data() + used_, text.size());
        return {};
    }

    Outcome add_word(CommandLine::Range range)
    {
        if (expects_target_) {
            result_.target_ = range;
            expects_target_ = false;
            return {};
        }
        if (result_.word_count_ == CommandLine::max_words)
            return std::unexpected{"the line has too many words"};
        result_.words_[result_.word_count_++] = range;
        return {};
    }

    std::string_view rest_;
    std::string_view last_status_;
    CommandLine result_;
    std::size_t used_ = 0;  // bytes of the result's text
    bool expects_target_ = false;
};

std::expected<CommandLine, std::string_view> CommandLine::parse(std::string_view line,
                                                                std::string_view last_status)
{
    return CommandLineParser{line, last_status}.run();
}

}  // namespace rescue
