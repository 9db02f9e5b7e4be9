// The console: bytes as they are typed, and text with line ends as terminals want them.
#pragma once
#include "generated/interfaces/console.hpp"
#include "userland/rescue/held_text.hpp"
#include "userland/rescue/output.hpp"
#include "userland/rescue/screen.hpp"
#include <array>

namespace rescue {

class Terminal final : public Screen, public Output {
public:
    explicit Terminal(Console console) : console_{std::move(console)} {}

    // Waits for a byte; shows what is held back before.
    Result<char> read();

    // ^C signals bit 0 of the notification, or without one is read like any other byte.
    Result<> interrupt_on(Notification notification) const
    {
        return console_.interrupt_on(std::move(notification));
    }

    // Screen: as it is.
    void show(std::string_view text) override;

    // Output: "\n" becomes "\r\n".
    Result<> write(std::string_view text) override;
    Result<> finish() override;

private:
    Result<> put(std::string_view text);

    Console console_;
    HeldText<1024> held_;
    std::array<char, 64> typed_;
    std::size_t typed_begin_ = 0;
    std::size_t typed_end_ = 0;
};

}  // namespace rescue
