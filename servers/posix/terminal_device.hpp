// What is at the other end of a terminal: the machine's console, or a program that has the master
// of a pseudo-terminal.
#pragma once

namespace posix {

class TerminalDevice {
public:
    // There may be output to take, or no more of it to come.
    virtual void output_changed() = 0;
    // There may be room for input.
    virtual void input_taken() = 0;
    // The terminal controls another session, or none any more.
    virtual void session_changed() = 0;

protected:
    ~TerminalDevice() = default;
};

}  // namespace posix
