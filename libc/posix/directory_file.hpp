// An open directory: its entries in the server's order, and its path for openat.
#pragma once
#include "generated/interfaces/file.hpp"
#include "libc/posix/directory_record.hpp"
#include "libc/posix/lock.hpp"
#include "libc/posix/open_file.hpp"
#include "libc/posix/path.hpp"
#include <array>

namespace posix {

class DirectoryFile final : public OpenFile {
public:
    DirectoryFile(Directory directory, Path const& path, int flags)
        : OpenFile{flags}, directory_{std::move(directory)}, path_{path}
    {
    }

    Result<std::size_t> read(Bytes) override { return fail(Status::is_directory); }
    Result<std::size_t> write(ConstBytes) override { return fail(Status::is_directory); }
    Result<struct stat> attributes() override;
    Result<std::uint64_t> seek(std::int64_t distance, int origin) override;
    Result<> sync() override;
    Result<> set_attributes(AttributeChange const& change) override;
    Result<std::size_t> list(Bytes buffer) override;
    void forget_other_threads() override;
    InheritedKind inherited_kind() const override { return InheritedKind::directory; }
    abi::HandleValue handle() const override { return directory_.value(); }
    std::optional<std::string_view> directory_path() const override { return path_.absolute(); }

private:
    Result<bool> fill();
    Result<> skip_to(std::uint64_t index);
    Result<DirectoryRecord> next_record() const;

    Directory directory_;
    Path path_;

    Lock lock_;  // guards what follows
    std::array<std::byte, 2048> records_;
    std::size_t record_bytes_ = 0;  // that the server has filled
    std::size_t consumed_ = 0;      // of them
    std::uint64_t cookie_ = 0;      // where the server goes on
    std::uint64_t index_ = 0;       // of the next entry; what telldir says
};

}  // namespace posix
