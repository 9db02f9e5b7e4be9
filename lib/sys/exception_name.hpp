// What a hart's exception codes mean (scause; RISC-V privileged manual, table "supervisor cause").
#pragma once
#include <cstdint>
#include <string_view>

namespace sys {

constexpr std::string_view exception_name(std::uint64_t cause)
{
    switch (cause) {
    case 0:
        return "instruction address misaligned";
    case 1:
        return "instruction access fault";
    case 2:
        return "illegal instruction";
    case 3:
        return "breakpoint";
    case 4:
        return "load address misaligned";
    case 5:
        return "load access fault";
    case 6:
        return "store address misaligned";
    case 7:
        return "store access fault";
    case 8:
        return "unknown system call";
    case 12:
        return "instruction page fault";
    case 13:
        return "load page fault";
    case 15:
        return "store page fault";
    default:
        return "unknown exception";
    }
}

}  // namespace sys
