// Turns the bytes that a terminal sends into keys.
#pragma once
#include <cstdint>

namespace rescue {

struct Key {
    enum class Kind : std::uint8_t {
        none,  // the sequence goes on, or means nothing here
        character,
        enter,
        backspace,
        erase_forward,
        erase_line,
        erase_word,
        erase_rest,
        left,
        right,
        up,
        down,
        home,
        end,
        interrupt,
        end_of_input,
    };
    Kind kind{};
    char character{};
};

class KeyDecoder {
public:
    Key take(char byte);

private:
    enum class State : std::uint8_t { plain, escape, bracket };

    Key take_plain(char byte);
    Key take_sequence(char byte);

    State state_ = State::plain;
    char parameter_ = 0;  // the digit of a sequence such as ESC [ 3 ~
    bool after_return_ = false;
};

}  // namespace rescue
