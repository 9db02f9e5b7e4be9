// VolumeFiles: an ext4 volume as the server's file-system interface.
#pragma once
#include "servers/fs/ext4/volume.hpp"
#include "servers/fs/tree/file_system.hpp"

namespace ext4 {

class VolumeFiles final : public fs::FileSystem {
public:
    explicit VolumeFiles(Volume& volume) : volume_{volume} {}

    Result<fs::NodeRef> root() override { return get(root_inode); }
    Result<fs::NodeRef> get(fs::NodeNumber number) override;
    void release(fs::Node& node) override { volume_.release(inode_of(node)); }

    fs::Attributes attributes(fs::Node const& node) const override;
    Result<> change(fs::Node& node, fs::AttributeChange const& change) override;

    Result<fs::NodeNumber> find(fs::Node& directory, std::string_view name) override;
    Result<std::uint64_t> list(fs::Node& directory, std::uint64_t position,
                               fs::EntrySink& sink) override;
    Result<fs::NodeRef> make(fs::Node& directory, std::string_view name,
                             fs::Ownership const& ownership) override;
    Result<> make_link(fs::Node& directory, std::string_view name, std::string_view target,
                       fs::Ownership const& ownership) override;
    Result<> link(fs::Node& directory, std::string_view name, fs::Node& node) override;
    Result<> remove(fs::Node& directory, std::string_view name) override;
    Result<> remove_directory(fs::Node& directory, std::string_view name) override;
    Result<> rename(fs::Node& from, std::string_view from_name, fs::Node& to,
                    std::string_view to_name) override;
    Result<std::string_view> read_link(fs::Node& link, std::span<char> buffer) override;

    Result<std::size_t> read(fs::Node& file, std::uint64_t offset, std::size_t length,
                             fs::ReadTarget& target) override;
    Result<std::size_t> write(fs::Node& file, std::uint64_t offset, std::size_t length,
                              fs::WriteSource& source) override;
    Result<> truncate(fs::Node& file, std::uint64_t size) override;

    void let_go_of_page(fs::Node& file, std::uint64_t number) override;
    Result<> store_page(fs::Node& file, std::uint64_t number, fs::PageContent page) override;
    void return_page(fs::Node& file, std::uint64_t number, fs::PageContent page) override;
    Result<> reserve(fs::Node& file, std::uint64_t offset, std::uint64_t length) override;

    bool is_lasting() const override { return true; }
    bool is_read_only() const override { return volume_.is_read_only(); }
    fs::SpaceInfo space() const override;
    Result<> sync() override { return volume_.sync(); }
    Result<> make_durable() override { return volume_.make_durable(); }
    Result<> freeze() override { return volume_.freeze(); }

private:
    static Inode& inode_of(fs::Node& node) { return static_cast<Inode&>(node); }
    static Inode const& inode_of(fs::Node const& node) { return static_cast<Inode const&>(node); }
    fs::NodeRef node_of(InodeRef const& inode) { return {*this, *inode}; }

    Volume& volume_;
};

}  // namespace ext4
