// A process that is being prepared: it has its grants but no thread yet. Dropped before the start,
// it is gone again.
#pragma once
#include "abi/start_info.hpp"
#include "lib/program/archive.hpp"
#include "lib/program/loader_input.hpp"
#include "lib/sys/memory.hpp"
#include <algorithm>

namespace program {

// A running process, as its maker holds it.
struct Started {
    sys::Handle process;
    sys::Handle thread;
};

class ProcessBuilder {
public:
    // An empty process, with the pages that it finds at its start mapped in here. Its strings get
    // `text_pages`.
    static Result<ProcessBuilder> create(std::string_view name, sys::ProcessRequest const& request,
                                         std::uint64_t text_pages = 1);

    // Puts a copy of the handle under this name into the start information; the result is its value
    // there. Errors: too_large
    Result<sys::HandleValue> grant(std::string_view name, sys::HandleValue handle,
                                   sys::Rights rights = abi::all_rights);
    // Names a handle that the process has already. Errors: too_large
    Result<> name(std::string_view name, sys::HandleValue own_value);
    // A handle of its own, to pay for others with.
    Result<> grant_itself();

    // Where the program is: the loader in the new process reads it from there.
    Result<> load_from_file(sys::HandleValue file);
    Result<> load_from_archive(Archive const& archive, ArchivedFile const& file);

    // The program's name comes first. Errors: too_large
    Result<> add_argument(std::string_view text);

    // Or all strings at once: `text()` was filled with what `sizes` says.
    std::span<std::byte> text() const;
    void set_text(TextSizes const& sizes) { input().text = sizes; }

    // Whoever makes the process maps what is never written of the program himself.
    void set_image() { input().has_image = true; }

    // As many as that, within what is possible.
    void set_stack_pages(std::uint64_t pages)
    {
        input().stack_pages = std::clamp(pages, least_stack_pages, most_stack_pages);
    }
    void set_users(UserNumbers const& users, bool is_more_trusted);

    sys::HandleValue process() const { return process_.value(); }

    // Creates the thread that runs the loader.
    Result<Started> start(Archive const& archive) &&;

private:
    ProcessBuilder(sys::Handle process, std::uint32_t priority)
        : process_{std::move(process)}, priority_{priority}
    {
    }

    abi::StartInfo& start_info() const
    {
        return *reinterpret_cast<abi::StartInfo*>(start_pages_.data());
    }
    LoaderInput& input() const { return *reinterpret_cast<LoaderInput*>(loader_pages_.data()); }

    Result<> create_pages(std::uint64_t text_pages);
    void fill_start_info(std::string_view name);
    Result<> map_pages() const;
    Result<std::uint64_t> map_loader(Archive const& archive) const;

    sys::Handle process_;
    std::uint32_t priority_;
    sys::Memory start_memory_;  // the start information, then the first thread's message buffer
    sys::Mapping start_pages_;
    sys::Memory loader_memory_;  // the loader's input, its stack, the strings
    sys::Mapping loader_pages_;
};

}  // namespace program
