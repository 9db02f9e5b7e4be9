#include "servers/fs/opening.hpp"

Result<fs::Opening> opening_of(OpenMode mode, Access access, bool no_follow,
                               std::uint16_t permissions)
{
    if (mode > OpenMode::empty || access > Access::execute)
        return fail(Status::bad_argument);
    using Existing = fs::Opening::Existing;
    bool const may_make = mode == OpenMode::create || mode == OpenMode::truncate;
    return fs::Opening{.existing = mode == OpenMode::exclusive ? Existing::refused
                                   : may_make                  ? Existing::allowed
                                                               : Existing::needed,
                       .empties = mode == OpenMode::truncate || mode == OpenMode::empty,
                       .follows_links = !no_follow,
                       .wants_read = access == Access::read || access == Access::read_write,
                       .wants_write = access == Access::write || access == Access::read_write,
                       .wants_execute = access == Access::execute,
                       .takes_what_it_may = access == Access::permitted,
                       .mode = static_cast<fs::Mode>(permissions & fs::mode::permissions)};
}
