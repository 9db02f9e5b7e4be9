#include "lib/ring/control.hpp"
#include <algorithm>
#include <bit>

namespace ring {

constexpr std::size_t most_items = std::size_t{1} << 30;

Result<View> View::over(std::span<std::byte> memory, std::size_t item_bytes)
{
    auto const address = reinterpret_cast<std::uintptr_t>(memory.data());
    bool const is_whole = item_bytes != 0 && item_bytes % sizeof(std::uint64_t) == 0;
    if (!is_whole || address % alignof(Control) != 0 || memory.size() < sizeof(Control))
        return fail(Status::bad_argument);
    std::size_t const items = (memory.size() - sizeof(Control)) / item_bytes;
    if (items < 2)
        return fail(Status::bad_argument);
    auto const capacity = static_cast<std::uint32_t>(std::bit_floor(std::min(items, most_items)));
    return View{reinterpret_cast<Control*>(address),
                reinterpret_cast<std::uint64_t*>(address + sizeof(Control)), capacity};
}

}  // namespace ring
