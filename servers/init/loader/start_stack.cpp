#include "servers/init/loader/start_stack.hpp"
#include <algorithm>
#include <array>

namespace loader {
namespace {

enum class Auxiliary : std::uint64_t {
    null = 0,
    program_headers = 3,
    program_header_bytes = 4,
    program_header_count = 5,
    page_bytes = 6,
    entry = 9,
    real_user = 11,
    user = 12,
    real_group = 13,
    group = 14,
    ticks_per_second = 17,  // of times()
    is_more_trusted = 23,
    random = 25,
    file_name = 31,
    inherited = program::inherited_auxiliary_type,
};

struct AuxiliaryEntry {
    Auxiliary type{};
    std::uint64_t value{};
};

using AuxiliaryVector = std::array<AuxiliaryEntry, 15>;

// Addresses, in the program, of what lies behind the pointers, in this order.
struct Places {
    std::uint64_t random;
    std::uint64_t inherited;
    std::uint64_t strings;
};

AuxiliaryVector auxiliary_vector(elf::Image const& image, Places const& places,
                                 StackContent const& content)
{
    constexpr std::uint64_t ticks_per_second = 100;
    auto const& users = content.users;
    return {{{Auxiliary::program_headers, image.program_headers_address().value_or(0)},
             {Auxiliary::program_header_bytes, sizeof(elf::ProgramHeader)},
             {Auxiliary::program_header_count, image.program_header_count()},
             {Auxiliary::page_bytes, elf::page_bytes},
             {Auxiliary::entry, image.entry()},
             {Auxiliary::real_user, users.real_user},
             {Auxiliary::user, users.user},
             {Auxiliary::real_group, users.real_group},
             {Auxiliary::group, users.group},
             {Auxiliary::ticks_per_second, ticks_per_second},
             {Auxiliary::is_more_trusted, content.is_more_trusted},
             {Auxiliary::random, places.random},
             {Auxiliary::file_name, places.strings},
             {Auxiliary::inherited, content.inherited.empty() ? 0 : places.inherited},
             {Auxiliary::null, 0}}};
}

// Writes words and strings upwards from the stack pointer.
class Writer {
public:
    explicit Writer(std::byte* position) : position_{position} {}

    void put(std::span<std::byte const> bytes)
    {
        position_ = std::ranges::copy(bytes, position_).out;
    }
    void put_word(std::uint64_t word) { put(std::as_bytes(std::span{&word, 1})); }
    void skip(std::size_t bytes) { position_ += bytes; }

private:
    std::byte* position_;
};

// Pointers to arguments, a null, pointers to the environment, a null.
void put_string_pointers(Writer& writer, StackContent const& content, std::uint64_t strings)
{
    std::size_t start = 0;
    for (std::size_t const count : {content.argument_count, content.environment_count}) {
        for (std::size_t i = 0; i < count; ++i) {
            writer.put_word(strings + start);
            start = content.strings.find('\0', start) + 1;
        }
        writer.put_word(0);
    }
}

constexpr std::size_t aligned(std::size_t bytes, std::size_t alignment)
{
    return (bytes + alignment - 1) / alignment * alignment;
}

}  // namespace

// From the stack pointer upwards: argc, argv and its null, the environment and its null, the
// auxiliary vector, the random bytes, what is inherited, the strings.
Result<std::uint64_t> write_start_stack(std::span<std::byte> stack, std::uint64_t top_address,
                                        elf::Image const& image, StackContent const& content)
{
    auto const terminators = static_cast<std::size_t>(std::ranges::count(content.strings, '\0'));
    if (terminators != content.argument_count + content.environment_count)
        return fail(Status::bad_argument);

    std::size_t const pointer_bytes = (terminators + 3) * sizeof(std::uint64_t);
    std::size_t const fixed_bytes = pointer_bytes + sizeof(AuxiliaryVector) + sizeof content.random;
    std::size_t const inherited_bytes = aligned(content.inherited.size(), sizeof(std::uint64_t));
    std::size_t const total = aligned(fixed_bytes + inherited_bytes + content.strings.size(), 16);
    if (total > stack.size())
        return fail(Status::too_large);

    std::uint64_t const stack_pointer = top_address - total;
    std::uint64_t const inherited = stack_pointer + fixed_bytes;
    Places const places{.random = inherited - sizeof content.random,
                        .inherited = inherited,
                        .strings = inherited + inherited_bytes};
    AuxiliaryVector const auxiliary = auxiliary_vector(image, places, content);

    Writer writer{stack.data() + stack.size() - total};
    writer.put_word(content.argument_count);
    put_string_pointers(writer, content, places.strings);
    writer.put(std::as_bytes(std::span{auxiliary}));
    writer.put(std::as_bytes(std::span{content.random}));
    writer.put(std::as_bytes(std::span{content.inherited}));
    writer.skip(inherited_bytes - content.inherited.size());
    writer.put(std::as_bytes(std::span{content.strings}));
    return stack_pointer;
}

}  // namespace loader
