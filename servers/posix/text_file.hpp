// A file of /proc: its text is made up when it is read from the beginning.
#pragma once
#include "servers/posix/position.hpp"
#include "servers/posix/stream_file.hpp"
#include <string>

namespace posix {

// What is told, and of which process, if of any.
struct TextSource {
    void (*write)(Service& service, ProcessNumber process, std::string& text);
    ProcessNumber process;
};

class TextFile final : public StreamFile<File::Server> {
public:
    // Errors: no_memory, no_handles
    static Result<File> open(Service& service, TextSource const& source);

    Result<std::uint32_t> read(std::uint64_t offset, sys::LeaseOut buffer) override;
    Result<std::uint64_t> seek(std::int64_t distance, Origin origin) override;
    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    void closed() override { delete this; }

private:
    TextFile(Service& service, TextSource const& source)
        : StreamFile{service, Kind::file, Access::read}, source_{source}
    {
    }

    TextSource source_;
    std::string text_;
    Position position_;
};

}  // namespace posix
