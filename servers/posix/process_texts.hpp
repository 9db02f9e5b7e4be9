// What /proc tells of a process.
#pragma once
#include "servers/posix/machine_texts.hpp"

namespace posix {

struct ProcessText {
    std::string_view name;
    void (*write)(Service& service, ProcessNumber process, std::string& text);
};

std::span<ProcessText const> process_texts();

}  // namespace posix
