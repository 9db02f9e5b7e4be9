// A group of checks, and how one of them fails: by an exception that says where.
#pragma once
#include <array>
#include <source_location>
#include <stdexcept>
#include <string>

struct Check {
    char const* name;
    void (*run)();
};

inline void expect(bool is_true, std::source_location place = std::source_location::current())
{
    if (!is_true)
        throw std::logic_error{std::string{"wrong in "} + place.file_name() + ":" +
                               std::to_string(place.line())};
}

void check_exceptions();
void check_containers();
void check_streams();
void check_threads();
void check_files();

inline constexpr std::array all_checks = {
    Check{"exceptions", check_exceptions}, Check{"containers", check_containers},
    Check{"streams", check_streams},       Check{"threads", check_threads},
    Check{"files", check_files},
};
