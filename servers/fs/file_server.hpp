// FileServer: an open file, with its position and flags, of whoever shares the handle.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/attributes.hpp"
#include "servers/fs/service.hpp"
#include "servers/fs/tree/view.hpp"

class MappedFile;

class FileServer final : public File::Server {
public:
    // The server ends itself when its last client is gone. Errors: no_memory, no_handles.
    static Result<File> create(Service& service, fs::View view, fs::Opened opened, bool append);

    Result<std::uint32_t> read(std::uint64_t offset, sys::LeaseOut buffer) override;
    Result<std::uint32_t> write(std::uint64_t offset, sys::LeaseIn data) override;
    Result<Attributes> attributes() override { return attributes_of(opened_.node); }
    Result<> truncate(std::uint64_t size) override;
    Result<> sync() override;
    Result<std::uint32_t> read_next(sys::LeaseOut buffer, std::int32_t waiter) override;
    Result<std::uint32_t> write_next(sys::LeaseIn data, std::int32_t waiter) override;
    Result<std::uint64_t> seek(std::int64_t distance, Origin origin) override;
    Result<> set_flags(bool append, bool non_blocking) override;
    Result<File::FlagsResults> flags() override;
    Result<> set_attributes(AttributeChange const& change) override;
    Result<std::uint16_t> poll(std::uint16_t wanted, Notification notification,
                               std::uint64_t bits) override;
    Result<Memory> map(bool writable) override;
    Result<> lock(FileLock kind, Notification notification, std::uint64_t bits) override;
    void closed() override { delete this; }

private:
    FileServer(Service& service, fs::View view, fs::Opened opened, bool append)
        : service_{service}, view_{std::move(view)}, opened_{std::move(opened)}, appends_{append}
    {
    }
    ~FileServer();

    fs::FileSystem& system() const { return opened_.node.system(); }
    std::uint64_t size() const { return system().attributes(*opened_.node).size; }
    Result<std::uint32_t> read_at(std::uint64_t offset, sys::LeaseOut buffer);
    Result<std::uint32_t> write_at(std::uint64_t offset, sys::LeaseIn data);
    Result<> truncate_to(std::uint64_t size);
    Result<> prepare_change();
    Result<> make_durable();
    Result<Memory> map_as(bool writable);

    Service& service_;
    fs::View view_;
    fs::Opened opened_;
    std::uint64_t position_ = 0;
    bool appends_;
    MappedFile* mapped_ = nullptr;  // once it was asked for
};
