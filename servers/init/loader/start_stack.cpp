#include "servers/init/loader/start_stack.hpp"
#include <algorithm>
#include <array>
#include <cstring>

namespace loader {
namespace {

enum class Auxiliary : std::uint64_t {
    null = 0,
    program_headers = 3,
    program_header_bytes = 4,
    program_header_count = 5,
    page_bytes = 6,
    entry = 9,
    random = 25,
    file_name = 31,
};

struct AuxiliaryEntry {
    Auxiliary type{};
    std::uint64_t value{};
};

using AuxiliaryVector = std::array<AuxiliaryEntry, 8>;

AuxiliaryVector auxiliary_vector(elf::Image const& image, std::uint64_t strings,
                                 std::uint64_t random)
{
    return {{{Auxiliary::program_headers, image.program_headers_address().value_or(0)},
             {Auxiliary::program_header_bytes, sizeof(elf::ProgramHeader)},
             {Auxiliary::program_header_count, image.program_header_count()},
             {Auxiliary::page_bytes, elf::page_bytes},
             {Auxiliary::entry, image.entry()},
             {Auxiliary::random, random},
             {Auxiliary::file_name, strings},
             {Auxiliary::null, 0}}};
}

// Writes words and strings upwards from the stack pointer.
class Writer {
public:
    explicit Writer(std::byte* position) : position_{position} {}

    void put(void const* source, std::size_t bytes)
    {
        std::memcpy(position_, source, bytes);
        position_ += bytes;
    }
    void put_word(std::uint64_t word) { put(&word, sizeof word); }

private:
    std::byte* position_;
};

void put_argument_pointers(Writer& writer, StackContent const& content, std::uint64_t strings)
{
    std::size_t start = 0;
    for (std::size_t i = 0; i < content.argument_count; ++i) {
        writer.put_word(strings + start);
        start = content.arguments.find('\0', start) + 1;
    }
}

}  // namespace

// From the stack pointer upwards: argc, argv and its null, the environment's null, the auxiliary
// vector, the random bytes, the strings.
Result<std::uint64_t> write_start_stack(std::span<std::byte> stack, std::uint64_t top_address,
                                        elf::Image const& image, StackContent const& content)
{
    auto const terminators = std::ranges::count(content.arguments, '\0');
    if (static_cast<std::size_t>(terminators) != content.argument_count)
        return fail(Status::bad_argument);

    std::size_t const pointer_bytes = (content.argument_count + 3) * sizeof(std::uint64_t);
    std::size_t const fixed_bytes = pointer_bytes + sizeof(AuxiliaryVector) + sizeof content.random;
    std::size_t const total = (fixed_bytes + content.arguments.size() + 15) & ~std::size_t{15};
    if (total > stack.size())
        return fail(Status::too_large);

    std::uint64_t const stack_pointer = top_address - total;
    std::uint64_t const strings = stack_pointer + fixed_bytes;
    AuxiliaryVector const auxiliary =
        auxiliary_vector(image, strings, strings - sizeof content.random);

    Writer writer{stack.data() + stack.size() - total};
    writer.put_word(content.argument_count);
    put_argument_pointers(writer, content, strings);
    writer.put_word(0);
    writer.put_word(0);
    writer.put(auxiliary.data(), sizeof auxiliary);
    writer.put(content.random, sizeof content.random);
    writer.put(content.arguments.data(), content.arguments.size());
    return stack_pointer;
}

}  // namespace loader
