// MappedFiles: all files that processes have mapped, and how many of their pages are in memory.
#pragma once
#include "servers/fs/mapping/mapped_file.hpp"
#include "servers/fs/service.hpp"

class MappedFiles {
public:
    // `most_pages` of all files are in memory at a time.
    static Result<MappedFiles> create(std::uint32_t most_pages);

    void serve_with(Service& service) { service_ = &service; }
    Service& service() const { return *service_; }

    // With a user more. Errors: no_memory, no_handles
    Result<MappedFile*> of(fs::NodeRef const& node);
    void remove(MappedFile& file) { std::erase(files_, &file); }

    // File systems that last get what was stored in pages.
    Result<> settle();

    std::size_t page_count() const;

    // Room for a page, and the page, which memory_supply() takes away.
    Result<> make_room();
    sys::HandleValue new_page() const { return new_page_.handle(); }
    std::span<std::byte> new_page_bytes() const { return new_page_view_.bytes(); }

private:
    MappedFiles(std::uint32_t most_pages, sys::Memory new_page, sys::Mapping view)
        : most_pages_{most_pages}, new_page_{std::move(new_page)}, new_page_view_{std::move(view)}
    {
    }

    std::uint32_t most_pages_;
    sys::Memory new_page_;
    sys::Mapping new_page_view_;
    Service* service_ = nullptr;
    std::vector<MappedFile*> files_;
};
