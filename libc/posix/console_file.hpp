// The console as a terminal: lines in, newlines out as the console wants them.
#pragma once
#include "generated/interfaces/console.hpp"
#include "libc/posix/line_input.hpp"
#include "libc/posix/lock.hpp"
#include "libc/posix/open_file.hpp"

namespace posix {

class ConsoleFile final : public OpenFile {
public:
    explicit ConsoleFile(Console console);

    Result<std::size_t> read(Bytes buffer) override;
    Result<std::size_t> write(ConstBytes data) override;
    Result<struct stat> attributes() override;
    InheritedKind inherited_kind() const override { return InheritedKind::console; }
    abi::HandleValue handle() const override { return console_.value(); }
    bool has_position() const override { return false; }
    void forget_other_threads() override { (void)input_lock_.forget_owner(); }
    long control(long request, long argument) override;

private:
    Result<std::size_t> read_raw(std::span<char> buffer);
    Result<> read_line();
    Result<> write_raw(std::string_view text);
    void echo(std::string_view text);

    Console console_;
    termios settings_{};
    Lock input_lock_;
    LineInput line_;  // guarded by input_lock_
};

}  // namespace posix
