// The loader runs first in every process that init starts: it maps the program, builds its stack
// and jumps to it. So a program is paid from its own quota, and only it waits for its file.
//
// It has no data segment: its code is mapped from the boot archive into every process.
#include "generated/interfaces/loader.hpp"
#include "lib/program/loader_input.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/memory.hpp"
#include "servers/init/loader/archived_file.hpp"
#include "servers/init/loader/load.hpp"
#include "servers/init/loader/served_file.hpp"
#include "servers/init/loader/start_stack.hpp"
#include <array>

namespace loader {
namespace {

struct Start {
    std::uint64_t entry{};
    std::uint64_t stack_pointer{};
};

using program::LoaderInput;

LoaderInput const& input()
{
    return *reinterpret_cast<LoaderInput const*>(program::loader_input_address);
}

// Differs from start to start, but can be guessed: there is no source of entropy yet.
std::uint64_t weak_random(std::uint64_t salt)
{
    std::uint64_t bits = (sys::now() + salt) * 0x9e3779b97f4a7c15;
    bits = (bits ^ bits >> 30) * 0xbf58476d1ce4e5b9;
    return bits ^ bits >> 31;
}

// What the input's maker says is there; that it is, is his affair.
StackContent stack_content()
{
    auto const& sizes = input().text;
    auto const* const text = reinterpret_cast<char const*>(program::text_address);
    return {.strings = {text, sizes.string_bytes},
            .argument_count = sizes.argument_count,
            .environment_count = sizes.environment_count,
            .inherited = {text + sizes.string_bytes, sizes.inherited_bytes},
            .users = input().users,
            .is_more_trusted = input().is_more_trusted,
            .random = {weak_random(1), weak_random(2)}};
}

Result<std::uint64_t> create_stack(elf::Image const& image)
{
    std::uint64_t const pages = std::min(input().stack_pages, program::most_stack_pages);
    std::uint64_t const bytes = pages * abi::page_size;
    auto const memory = TRY(sys::Memory::create(pages));
    auto* const stack = reinterpret_cast<std::byte*>(
        TRY(sys::map({.memory = memory.handle(),
                      .address = program::program_stack_top - bytes,
                      .page_count = pages,
                      .protection = sys::protect_read | sys::protect_write})));
    return write_start_stack({stack, bytes}, program::program_stack_top, image, stack_content());
}

Result<Start> load(ProgramFile& file)
{
    std::array<std::byte, head_bytes> head;
    auto const image = TRY(read_headers(file, head));
    TRY(map_segments(file, image, input().has_image));
    std::uint64_t const stack_pointer = TRY(create_stack(image));
    return Start{image.entry(), stack_pointer};
}

Result<Start> load_from_input()
{
    if (input().file == 0) {
        auto archived = TRY(ArchivedFile::open(input()));
        return load(archived);
    }
    ServedFile served{sys::Handle{input().file}};
    return load(served);
}

}  // namespace
}  // namespace loader

// For start.S.
extern "C" loader::Start load_program()
{
    auto const start = loader::load_from_input();
    if (!start)
        sys::exit(start_failure + std::to_underlying(start.error()));
    return *start;
}

// The registers of the system call that start.S makes: a0, a1, a2, a7.
extern "C" {
extern constinit std::uint64_t const unmap_input[4];
constinit std::uint64_t const unmap_input[4] = {sys::own_process, program::loader_input_address,
                                                1 + program::loader_stack_pages +
                                                    program::max_text_bytes / abi::page_size,
                                                abi::number(abi::Syscall::unmap)};
}
