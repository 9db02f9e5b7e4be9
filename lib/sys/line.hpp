// A line of text that is put together piece by piece, without allocation. What does not fit is cut
// off: a log line is never a reason to fail.
#pragma once
#include <array>
#include <charconv>
#include <concepts>
#include <cstdint>
#include <string_view>

namespace sys {

struct Hex {
    std::uint64_t value{};
};

// All 16 digits.
struct PaddedHex {
    std::uint64_t value{};
};

// A number with at least `width` characters, padded on the left.
struct Padded {
    std::uint64_t value{};
    std::size_t width{};
    char fill = ' ';
};

// Text with at least `width` characters, padded on the right.
struct LeftAligned {
    std::string_view text;
    std::size_t width{};
};

class Line {
public:
    static constexpr std::size_t capacity = 256;

    template <class... Pieces>
    explicit Line(Pieces const&... pieces)
    {
        (append(pieces), ...);
    }

    void append(char character)
    {
        if (size_ < capacity)
            text_[size_++] = character;
    }
    void append(std::string_view text)
    {
        for (char const character : text)
            append(character);
    }
    void append(char const* text) { append(std::string_view{text}); }
    void append(Hex number) { append_number(number.value, 16, "0x"); }
    void append(std::integral auto number) { append_number(number, 10, ""); }
    void append(PaddedHex number);
    void append(Padded number);
    void append(LeftAligned piece);

    std::string_view view() const { return {text_.data(), size_}; }
    std::size_t size() const { return size_; }

private:
    void append_number(std::integral auto number, int base, std::string_view prefix)
    {
        std::array<char, 24> digits;
        auto const end =
            std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
        append(prefix);
        append(std::string_view{digits.data(), end});
    }

    std::array<char, capacity> text_;
    std::size_t size_ = 0;
};

inline void Line::append(PaddedHex number)
{
    for (int shift = 60; shift >= 0; shift -= 4)
        append("0123456789abcdef"[number.value >> shift & 0xf]);
}

inline void Line::append(Padded number)
{
    Line const digits{number.value};
    for (std::size_t i = digits.size(); i < number.width; ++i)
        append(number.fill);
    append(digits.view());
}

inline void Line::append(LeftAligned piece)
{
    append(piece.text);
    for (std::size_t i = piece.text.size(); i < piece.width; ++i)
        append(' ');
}

}  // namespace sys
