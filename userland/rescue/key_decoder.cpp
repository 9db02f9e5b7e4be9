#include "userland/rescue/key_decoder.hpp"

namespace rescue {

using Kind = Key::Kind;

Key KeyDecoder::take(char byte)
{
    switch (state_) {
    case State::plain:
        return take_plain(byte);
    case State::escape:
        state_ = byte == '[' || byte == 'O' ? State::bracket : State::plain;
        parameter_ = 0;
        return {};
    case State::bracket:
        return take_sequence(byte);
    }
    return {};
}

Key KeyDecoder::take_plain(char byte)
{
    bool const after_return = after_return_;
    after_return_ = byte == '\r';
    switch (byte) {
    case '\r':
        return {Kind::enter};
    case '\n':  // return and newline together are one key
        return {after_return ? Kind::none : Kind::enter};
    case 0x1b:
        state_ = State::escape;
        return {};
    case 0x7f:
    case '\b':
        return {Kind::backspace};
    case 'A' & 0x1f:
        return {Kind::home};
    case 'C' & 0x1f:
        return {Kind::interrupt};
    case 'D' & 0x1f:
        return {Kind::end_of_input};
    case 'E' & 0x1f:
        return {Kind::end};
    case 'K' & 0x1f:
        return {Kind::erase_rest};
    case 'U' & 0x1f:
        return {Kind::erase_line};
    case 'W' & 0x1f:
        return {Kind::erase_word};
    case '\t':
        return {Kind::character, ' '};
    default:
        return static_cast<unsigned char>(byte) < ' ' ? Key{} : Key{Kind::character, byte};
    }
}

// What follows ESC [ or ESC O, up to a letter or ~.
Key KeyDecoder::take_sequence(char byte)
{
    if ((byte >= '0' && byte <= '9') || byte == ';') {
        parameter_ = parameter_ == 0 ? byte : parameter_;
        return {};
    }
    state_ = State::plain;
    switch (byte) {
    case 'A':
        return {Kind::up};
    case 'B':
        return {Kind::down};
    case 'C':
        return {Kind::right};
    case 'D':
        return {Kind::left};
    case 'H':
        return {Kind::home};
    case 'F':
        return {Kind::end};
    case '~':
        if (parameter_ == '1' || parameter_ == '7')
            return {Kind::home};
        if (parameter_ == '4' || parameter_ == '8')
            return {Kind::end};
        return {parameter_ == '3' ? Kind::erase_forward : Kind::none};
    default:
        return {};
    }
}

}  // namespace rescue
