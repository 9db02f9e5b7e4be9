// A command that was entered, taken apart: words, where the output goes, and whether to wait.
//
// ' quotes everything, " all but $? and \, \ the next character; $? is the status of the last
// command; > and >> redirect; & and ; end a command, & does not wait for it; # begins a comment.
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string_view>

namespace rescue {

enum class Redirection : std::uint8_t { none, overwrite, append };

class CommandLine {
public:
    static constexpr std::size_t max_words = 32;
    static constexpr std::size_t max_bytes = 512;

    // The first command of the line, up to its & or ;. The error is a sentence for the user.
    // `last_status` is what $? stands for.
    static std::expected<CommandLine, std::string_view> parse(std::string_view line,
                                                              std::string_view last_status);

    bool empty() const { return word_count_ == 0; }
    std::string_view name() const { return view(words_[0]); }
    std::size_t argument_count() const { return word_count_ - 1; }
    std::string_view argument(std::size_t index) const { return view(words_[index + 1]); }

    Redirection redirection() const { return redirection_; }
    std::string_view redirection_target() const { return view(target_); }
    bool is_background() const { return background_; }

    // The part of the line that comes after this command.
    std::string_view rest() const { return rest_; }

private:
    friend class CommandLineParser;

    struct Range {
        std::uint16_t begin{};
        std::uint16_t end{};
    };
    std::string_view view(Range range) const
    {
        return {text_.data() + range.begin, text_.data() + range.end};
    }

    std::array<char, max_bytes> text_{};
    std::array<Range, max_words> words_{};
    std::size_t word_count_ = 0;
    Range target_;
    Redirection redirection_ = Redirection::none;
    bool background_ = false;
    std::string_view rest_;
};

}  // namespace rescue
