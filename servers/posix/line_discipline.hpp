// What a terminal does with bytes between its keyboard and the program (POSIX, general terminal
// interface): lines, editing, echo, the characters that send signals; and with output.
#pragma once
#include "servers/posix/types.hpp"
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace posix {

// As in struct termios.
struct TerminalModes {
    std::uint32_t input;
    std::uint32_t output;
    std::uint32_t control;
    std::uint32_t local;
    std::array<std::uint8_t, 32> characters;

    static TerminalModes usual();
};

// Where the discipline's results go.
class TerminalSide {
public:
    virtual void show(std::uint8_t byte) = 0;
    virtual void send(Signal signal) = 0;
    virtual void hold_output(bool held) = 0;

protected:
    ~TerminalSide() = default;
};

class LineDiscipline {
public:
    explicit LineDiscipline(TerminalSide& side) : side_{side} {}

    TerminalModes const& modes() const { return modes_; }
    void set_modes(TerminalModes const& modes);

    // From the keyboard.
    void receive(std::uint8_t byte);
    // To the screen.
    void put(std::uint8_t byte);

    // Whether a program that reads so many bytes has something to get: a line, or bytes.
    bool can_read(std::uint64_t wanted) const;
    // What one read() gets, at most `buffer`; an end of input gives nothing.
    std::size_t read(std::span<std::uint8_t> buffer);
    // How many bytes a read that waits needs, and how long it waits; 1 and 0 for lines.
    std::size_t least_bytes() const;
    std::uint32_t time_units() const;
    std::size_t size() const { return ready_count_; }
    // For so many bytes from the keyboard.
    std::size_t room() const
    {
        std::size_t const used =
            ready_count_ + line_size_ + 1;  // one place for the end of the line
        return used < ready_.size() ? ready_.size() - used : 0;
    }

    void drop_input();

private:
    static constexpr std::size_t line_bytes = 4096;
    using Entry = std::uint16_t;
    static constexpr Entry end_of_input = 0x100;

    bool is(std::uint8_t byte, std::size_t index) const
    {
        return modes_.characters[index] != 0 && modes_.characters[index] == byte;
    }
    bool has_local(std::uint32_t flag) const { return (modes_.local & flag) != 0; }
    bool is_canonical() const;

    bool takes_signal(std::uint8_t byte);
    bool takes_flow_control(std::uint8_t byte);
    bool edits(std::uint8_t byte);
    void send(Signal signal, std::uint8_t byte);
    void add(std::uint8_t byte);
    void finish_line(Entry last);
    void push_ready(Entry entry);
    Entry pop_ready();
    void erase_last();
    void erase_word();
    void erase_line();
    void echo(std::uint8_t byte);
    static bool is_control(std::uint8_t byte) { return byte < 0x20 || byte == 0x7f; }

    TerminalSide& side_;
    TerminalModes modes_ = TerminalModes::usual();
    std::array<std::uint8_t, line_bytes> line_{};  // that is being edited
    std::size_t line_size_ = 0;
    std::array<Entry, 2 * line_bytes> ready_{};  // for programs
    std::size_t ready_first_ = 0;
    std::size_t ready_count_ = 0;
    std::size_t lines_ = 0;  // ends of lines and of input in it
    bool quotes_next_ = false;
    bool is_held_ = false;
};

}  // namespace posix
