#include "userland/rescue/terminal.hpp"

namespace rescue {

Result<char> Terminal::read()
{
    if (typed_begin_ == typed_end_) {
        TRY(finish());
        typed_begin_ = 0;
        typed_end_ = TRY(console_.read(std::as_writable_bytes(std::span{typed_})));
        if (typed_end_ == 0 || typed_end_ > typed_.size())
            return fail(Status::io_error);
    }
    return typed_[typed_begin_++];
}

// A terminal that fails is found out by the next read; one that was started again has missed text.
void Terminal::show(std::string_view text) { (void)put(text); }

Result<> Terminal::write(std::string_view text)
{
    while (!text.empty()) {
        std::size_t const line = std::min(text.find('\n'), text.size());
        TRY(put(text.substr(0, line)));
        if (line == text.size())
            break;
        TRY(put("\r\n"));
        text.remove_prefix(line + 1);
    }
    return {};
}

Result<> Terminal::put(std::string_view text)
{
    return held_.add(text, [this] { return finish(); });
}

Result<> Terminal::finish()
{
    std::span rest = held_.take();
    while (!rest.empty()) {
        auto const count = console_.write(rest);
        if (!count && count.error() == Status::restarted)
            continue;  // twice is better than never
        std::size_t const taken = TRY(count);
        if (taken == 0 || taken > rest.size())
            return fail(Status::io_error);
        rest = rest.subspan(taken);
    }
    return {};
}

}  // namespace rescue
