// DirectoryServer: one directory that a client holds, for one user. Its client reaches what is
// below it, as far as that user may, and nothing above.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/service.hpp"
#include "servers/fs/tree/view.hpp"

class DirectoryServer final : public Directory::Server {
public:
    // The server ends itself when its client is gone. Errors: no_memory, no_handles.
    // One that `only_lists` has been found to be its client's to list.
    static Result<Directory> create(Service& service, fs::View view, bool only_lists = false);

    Result<File> open(std::string_view path, OpenMode mode, Access access, bool append,
                      bool no_follow, std::uint16_t permissions) override;
    Result<Directory> open_directory(std::string_view path, Access access, bool no_follow,
                                     bool only_list) override;
    Result<Attributes> attributes(std::string_view path, bool no_follow) override;
    Result<Directory::ListResults> list(std::uint64_t cookie, sys::LeaseOut buffer) override;
    Result<> make_directory(std::string_view path, std::uint16_t permissions) override;
    Result<> remove(std::string_view path) override;
    Result<> remove_directory(std::string_view path) override;
    Result<> rename(std::string_view from, std::string_view to, bool no_replace) override;
    Result<VolumeInfo> volume(std::string_view path, std::uint32_t number) override;
    Result<> sync() override;
    Result<> link(std::string_view from, std::string_view to, bool follow) override;
    Result<> symbolic_link(std::string_view target, std::string_view path) override;
    Result<std::uint32_t> read_link(std::string_view path, sys::LeaseOut buffer) override;
    Result<> set_attributes(std::string_view path, AttributeChange const& change,
                            bool no_follow) override;
    Result<> make_node(std::string_view path, Kind kind, std::uint16_t permissions) override;
    Result<> check(std::string_view path, std::uint16_t permissions, bool no_follow) override;
    Result<Directory> for_user(std::uint32_t user, std::uint32_t group,
                               codec::List<std::uint32_t> groups) override;
    Result<std::uint32_t> real_path(std::string_view path, sys::LeaseOut buffer) override;
    Result<Directory::MemoryUseResults> memory_use() override;
    void closed() override { delete this; }

private:
    DirectoryServer(Service& service, fs::View view, bool only_lists)
        : service_{service}, view_{std::move(view)}, only_lists_{only_lists}
    {
    }
    ~DirectoryServer() = default;

    fs::FileSystem& system() const { return view_.start().system(); }
    Result<File> open_found(std::string_view path, fs::Opening const& opening, bool append);
    Result<Directory> open_found_directory(std::string_view path, Access access, bool no_follow,
                                           bool only_list);
    Result<Attributes> found_attributes(std::string_view path, bool no_follow);
    Result<Directory::ListResults> list_into(std::uint64_t cookie, sys::LeaseOut buffer);
    Result<std::uint32_t> read_found_link(std::string_view path, sys::LeaseOut buffer);
    Result<std::uint32_t> real_path_of(std::string_view path, sys::LeaseOut buffer);
    Result<VolumeInfo> found_volume(std::string_view path, std::uint32_t number);
    Result<> change_found(std::string_view path, AttributeChange const& change, bool no_follow);
    Result<> check_found(std::string_view path, std::uint16_t permissions, bool no_follow);

    Service& service_;
    fs::View view_;
    bool const only_lists_;
};
