// Opening: what a client says about how it opens or makes something, in the tree's terms.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/tree/view.hpp"

// Errors: bad_argument (a mode or access of a newer interface).
Result<fs::Opening> opening_of(OpenMode mode, Access access, bool no_follow,
                               std::uint16_t permissions);

constexpr fs::Mode mode_of(fs::Kind kind, std::uint16_t permissions)
{
    return static_cast<fs::Mode>(fs::mode::of(kind) | (permissions & fs::mode::permissions));
}
