// What both ends of a terminal answer alike: settings, size, whose turn it is.
#pragma once
#include "servers/posix/stream_file.hpp"
#include "servers/posix/terminal_core.hpp"

namespace posix {

class TerminalRequests : public StreamFile<::Terminal::Server> {
public:
    Result<TerminalSettings> settings() override;
    Result<> set_settings(TerminalSettings const& settings, bool after_output, bool drop_input,
                          std::int32_t process) override;
    Result<::Terminal::SizeResults> size() override { return core_.size(); }
    Result<> set_size(std::uint16_t rows, std::uint16_t columns) override;
    Result<std::int32_t> foreground() override { return core_.foreground(); }
    Result<> set_foreground(std::int32_t group, std::int32_t process) override;
    Result<> control(std::int32_t process) override { return core_.control(process); }
    Result<> drop(bool input, bool output) override;
    Result<> set_exclusive(bool exclusive) override;
    Result<std::uint32_t> other_end() override { return fail(Status::bad_argument); }

protected:
    TerminalRequests(Service& service, TerminalCore& core, Access access)
        : StreamFile{service, Kind::character_device, access}, core_{core}
    {
    }
    ~TerminalRequests() = default;

    TerminalCore& core() const { return core_; }

private:
    TerminalCore& core_;
};

}  // namespace posix
