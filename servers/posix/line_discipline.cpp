#include "servers/posix/line_discipline.hpp"
#include "servers/posix/terminal_flags.hpp"
#include <algorithm>

namespace posix {
namespace {

constexpr std::uint8_t with_control(char letter)
{
    return static_cast<std::uint8_t>(letter & 0x1f);
}
constexpr std::uint8_t rubout = 0x7f;
constexpr std::uint8_t bell = 7;

}  // namespace

TerminalModes TerminalModes::usual()
{
    namespace l = local_flag;
    TerminalModes modes{.input = input_flag::return_to_newline | input_flag::output_control,
                        .output = output_flag::process | output_flag::newline_to_both,
                        .control = control_flag::eight_bits | control_flag::receive |
                                   control_flag::speed_38400,
                        .local = l::signals | l::canonical | l::echo | l::echo_erase |
                                 l::echo_kill | l::echo_control | l::echo_kill_erase | l::extended,
                        .characters = {}};
    auto& characters = modes.characters;
    characters[special::interrupt] = with_control('C');
    characters[special::quit] = with_control('\\');
    characters[special::erase] = rubout;
    characters[special::kill] = with_control('U');
    characters[special::end_of_file] = with_control('D');
    characters[special::least_bytes] = 1;
    characters[special::start] = with_control('Q');
    characters[special::stop] = with_control('S');
    characters[special::suspend] = with_control('Z');
    characters[special::erase_word] = with_control('W');
    characters[special::quote] = with_control('V');
    return modes;
}

bool LineDiscipline::is_canonical() const { return has_local(local_flag::canonical); }

// What is being edited when lines end to count is there for programs at once.
void LineDiscipline::set_modes(TerminalModes const& modes)
{
    modes_ = modes;
    if (!is_canonical()) {
        for (std::size_t i = 0; i < line_size_; ++i)
            push_ready(line_[i]);
        line_size_ = 0;
    }
    quotes_next_ = false;
}

void LineDiscipline::receive(std::uint8_t byte)
{
    if ((modes_.input & input_flag::strip) != 0)
        byte &= 0x7f;
    if (std::exchange(quotes_next_, false))
        return add(byte);
    if (takes_signal(byte) || takes_flow_control(byte))
        return;
    if (byte == '\r') {
        if ((modes_.input & input_flag::ignore_return) != 0)
            return;
        if ((modes_.input & input_flag::return_to_newline) != 0)
            byte = '\n';
    } else if (byte == '\n' && (modes_.input & input_flag::newline_to_return) != 0) {
        byte = '\r';
    }
    if (!is_canonical() || !edits(byte))
        add(byte);
}

bool LineDiscipline::takes_signal(std::uint8_t byte)
{
    if (!has_local(local_flag::signals))
        return false;
    if (is(byte, special::interrupt))
        send(interrupt_signal, byte);
    else if (is(byte, special::quit))
        send(quit_signal, byte);
    else if (is(byte, special::suspend))
        send(terminal_stop, byte);
    else
        return false;
    return true;
}

void LineDiscipline::send(Signal signal, std::uint8_t byte)
{
    if (!has_local(local_flag::keep_input))
        drop_input();
    echo(byte);
    side_.send(signal);
}

bool LineDiscipline::takes_flow_control(std::uint8_t byte)
{
    if ((modes_.input & input_flag::output_control) == 0)
        return false;
    if (is(byte, special::stop))
        is_held_ = true;
    else if (is(byte, special::start))
        is_held_ = false;
    else
        return false;
    side_.hold_output(is_held_);
    return true;
}

bool LineDiscipline::edits(std::uint8_t byte)
{
    bool const is_extended = has_local(local_flag::extended);
    if (is(byte, special::erase) || byte == '\b')
        erase_last();
    else if (is(byte, special::kill))
        erase_line();
    else if (is(byte, special::erase_word) && is_extended)
        erase_word();
    else if (is(byte, special::quote) && is_extended)
        quotes_next_ = true;
    else if (is(byte, special::end_of_file))
        finish_line(end_of_input);
    else
        return false;
    return true;
}

void LineDiscipline::add(std::uint8_t byte)
{
    if (!is_canonical()) {
        push_ready(byte);
        if (has_local(local_flag::echo))
            echo(byte);
        return;
    }
    bool const ends_line =
        byte == '\n' || is(byte, special::end_of_line) || is(byte, special::other_end_of_line);
    // The last place is kept for the end of the line.
    if (!ends_line && line_size_ == line_.size() - 1) {
        side_.show(bell);
        return;
    }
    if (has_local(local_flag::echo) || (byte == '\n' && has_local(local_flag::echo_newline)))
        echo(byte);
    if (ends_line)
        return finish_line(byte);
    line_[line_size_++] = byte;
}

// A line that programs leave no room for is lost, and the keyboard says so.
void LineDiscipline::finish_line(Entry last)
{
    auto const length = std::exchange(line_size_, 0);
    if (ready_count_ + length + 1 > ready_.size()) {
        side_.show(bell);
        return;
    }
    for (std::size_t i = 0; i < length; ++i)
        push_ready(line_[i]);
    push_ready(last);
    ++lines_;
}

void LineDiscipline::push_ready(Entry entry)
{
    if (ready_count_ == ready_.size())
        return side_.show(bell);
    ready_[(ready_first_ + ready_count_++) % ready_.size()] = entry;
}

LineDiscipline::Entry LineDiscipline::pop_ready()
{
    Entry const entry = ready_[ready_first_];
    ready_first_ = (ready_first_ + 1) % ready_.size();
    --ready_count_;
    return entry;
}

bool LineDiscipline::can_read(std::uint64_t wanted) const
{
    if (is_canonical())
        return lines_ != 0;
    return ready_count_ != 0 && ready_count_ >= std::min<std::uint64_t>(least_bytes(), wanted);
}

std::size_t LineDiscipline::least_bytes() const
{
    return is_canonical() ? 1 : modes_.characters[special::least_bytes];
}

std::uint32_t LineDiscipline::time_units() const
{
    return is_canonical() ? 0 : modes_.characters[special::time];
}

std::size_t LineDiscipline::read(std::span<std::uint8_t> buffer)
{
    std::size_t count = 0;
    while (count < buffer.size() && ready_count_ != 0) {
        Entry const entry = pop_ready();
        auto const byte = static_cast<std::uint8_t>(entry);
        bool const ends_line = entry == end_of_input || byte == '\n' ||
                               is(byte, special::end_of_line) ||
                               is(byte, special::other_end_of_line);
        if (entry != end_of_input)
            buffer[count++] = byte;
        if (!ends_line)
            continue;
        lines_ -= lines_ != 0 ? 1 : 0;
        if (is_canonical())
            break;
    }
    return count;
}

void LineDiscipline::drop_input()
{
    ready_count_ = lines_ = line_size_ = 0;
    quotes_next_ = false;
}

void LineDiscipline::erase_last()
{
    if (line_size_ == 0)
        return;
    std::uint8_t const last = line_[--line_size_];
    if (!has_local(local_flag::echo) || !has_local(local_flag::echo_erase))
        return;
    bool const is_continuation = (last & 0xc0) == 0x80;  // of a character in UTF-8
    if (is_continuation)
        return erase_last();
    int const columns = is_control(last) && has_local(local_flag::echo_control) ? 2 : 1;
    for (int i = 0; i < columns; ++i)
        for (char const byte : {'\b', ' ', '\b'})
            side_.show(static_cast<std::uint8_t>(byte));
}

void LineDiscipline::erase_word()
{
    while (line_size_ != 0 && line_[line_size_ - 1] == ' ')
        erase_last();
    while (line_size_ != 0 && line_[line_size_ - 1] != ' ')
        erase_last();
}

void LineDiscipline::erase_line()
{
    while (line_size_ != 0)
        erase_last();
}

void LineDiscipline::echo(std::uint8_t byte)
{
    if (!has_local(local_flag::echo) && byte != '\n')
        return;
    if (is_control(byte) && byte != '\n' && byte != '\t' && has_local(local_flag::echo_control)) {
        side_.show('^');
        side_.show(byte ^ 0x40);
        return;
    }
    put(byte);
}

void LineDiscipline::put(std::uint8_t byte)
{
    bool const is_processed = (modes_.output & output_flag::process) != 0;
    if (is_processed && byte == '\n' && (modes_.output & output_flag::newline_to_both) != 0)
        side_.show('\r');
    if (is_processed && byte == '\r' && (modes_.output & output_flag::return_to_newline) != 0)
        byte = '\n';
    side_.show(byte);
}

}  // namespace posix
