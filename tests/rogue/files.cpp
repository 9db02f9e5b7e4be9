// Opens files at the file server until something is used up.
#include "tests/rogue/attacks.hpp"
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string_view>
#include <unistd.h>

namespace rogue {

namespace {

constexpr unsigned most_files = 100'000;  // more than any process has handles

bool is_used_up(int error) { return error == EMFILE || error == ENFILE || error == ENOMEM; }

}  // namespace

int files(char const* argument)
{
    unsigned count = 0;
    while (count < most_files && open("/readme", O_RDONLY) >= 0)
        count++;
    int const error = errno;
    if (count == most_files || !is_used_up(error))
        return printf("%u files, then error %d\n", count, error), 1;
    while (std::string_view{argument} == "hold")
        pause();
    printf("%u files\n", count);
    return ok();
}

}  // namespace rogue
