// An open file of a server: the file server's, or a pipe, terminal or device of servers/posix. The
// position and the flags are the server's, for all who share the file.
#pragma once
#include "generated/interfaces/file.hpp"
#include "libc/posix/open_file.hpp"

namespace posix {

class ServedFile final : public OpenFile {
public:
    ServedFile(File file, int flags) : OpenFile{flags}, file_{std::move(file)} {}

    Result<std::size_t> read(Bytes buffer) override;
    Result<std::size_t> write(ConstBytes data) override;
    Result<struct stat> attributes() override;
    Result<std::size_t> read_at(std::uint64_t offset, Bytes buffer) override;
    Result<std::size_t> write_at(std::uint64_t offset, ConstBytes data) override;
    Result<std::uint64_t> seek(std::int64_t distance, int origin) override;
    Result<> truncate(std::uint64_t size) override;
    Result<> sync() override;
    Result<Memory> map(bool writable) override { return file_.map(writable); }
    Result<> lock(FileLock kind, sys::HandleValue notification) override;
    Result<> set_status_flags(int flags) override;
    Result<> set_attributes(AttributeChange const& change) override;
    Result<short> poll(short wanted, sys::HandleValue notification, std::uint64_t bits) override;
    long control(long request, long argument) override;
    InheritedKind inherited_kind() const override { return InheritedKind::file; }
    abi::HandleValue handle() const override { return file_.value(); }

private:
    Result<ConstBytes> within_limit(std::uint64_t offset, ConstBytes data) const;
    Result<ConstBytes> within_limit(ConstBytes data) const;

    File file_;
};

}  // namespace posix
