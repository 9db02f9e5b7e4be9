// Files: a file system in memory of a fixed size. All of it is gone when the server ends.
#pragma once
#include "servers/fs/tmpfs/entry.hpp"
#include "servers/fs/tree/file_system.hpp"
#include <memory>

namespace tmpfs {

struct Name;

class Files final : public fs::FileSystem {
public:
    // The root is for everybody, and sticky. The clock and the memory, which nobody else uses,
    // outlive the files. Errors: no_memory.
    static Result<std::unique_ptr<Files>> create(fs::Clock& clock, PageMemory& memory,
                                                 std::uint32_t entries);

    Result<fs::NodeRef> root() override { return get(1); }
    Result<fs::NodeRef> get(fs::NodeNumber number) override;
    void release(fs::Node& node) override;
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

    bool is_lasting() const override { return false; }
    bool is_read_only() const override { return false; }
    fs::SpaceInfo space() const override;
    Result<> sync() override { return {}; }  // nothing of it is meant to last
    Result<> make_durable() override { return {}; }
    Result<> freeze() override { return {}; }

private:
    Files(fs::Clock& clock, PageMemory& memory, std::unique_ptr<Entry[]> entries,
          std::uint32_t count)
        : clock_{clock}, pool_{memory}, entries_{std::move(entries)}, entry_count_{count}
    {
    }

    static Entry& entry_of(fs::Node& node) { return static_cast<Entry&>(node); }
    static Entry const& entry_of(fs::Node const& node) { return static_cast<Entry const&>(node); }
    Entry& entry_at(fs::NodeNumber number) const { return entries_[number - 1]; }

    Result<Entry*> take_entry(fs::Ownership const& ownership);
    void free_entry(Entry& entry);
    void drop_name_of(Entry& entry);
    void touch(Entry& entry, bool content_changed);
    void clear_after(Entry& entry, std::uint64_t size);
    Result<> write_page(Entry& entry, std::uint64_t offset, std::size_t done, std::size_t part,
                        fs::WriteSource& source);

    Name* name_at(Entry const& directory, std::uint64_t index) const;
    Result<Name*> find_name(Entry const& directory, std::string_view name) const;
    Result<> check_is_free(Entry const& directory, std::string_view name) const;
    Result<> add_name(Entry& directory, std::string_view name, Entry const& entry);
    void remove_name(Entry& directory, Name& name);
    Result<> check_replaced(Entry const& moved, Entry const& replaced) const;

    fs::Clock& clock_;
    mutable PagePool pool_;
    std::unique_ptr<Entry[]> entries_;
    std::uint32_t entry_count_;
    std::uint32_t used_entries_ = 0;
};

}  // namespace tmpfs
