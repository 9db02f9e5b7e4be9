// rogue ATTACK [ARGUMENT]: does what no program may, or what no program should notice.
#include "tests/rogue/attacks.hpp"
#include <stdio.h>
#include <stdlib.h>
#include <string_view>

namespace rogue {

std::uint64_t hexadecimal(char const* text) { return strtoull(text, nullptr, 16); }

int ok()
{
    printf("ok\n");
    return 0;
}

namespace {

constexpr NamedAttack attacks[] = {
    {"privileged", privileged},
    {"load", load},
    {"store", store},
    {"fetch", fetch},
    {"straddle", straddle},
    {"write-text", write_text},
    {"write-constant", write_constant},
    {"execute-data", execute_data},
    {"execute-stack", execute_stack},
    {"zeroed", zeroed},
    {"arithmetic", arithmetic},
    {"misaligned-load", misaligned_load},
    {"misaligned-amo", misaligned_amo},
    {"misaligned-lr", misaligned_lr},
    {"stack-pointer", stack_pointer},
    {"stack-pointer-fault", stack_pointer_fault},
    {"other-pointers", other_pointers},
    {"registers", registers},
    {"loop", loop},
    {"handles", handles},
    {"files", files},
    {"random", random_calls},
};

int list_attacks()
{
    fprintf(stderr, "usage: rogue ATTACK [ARGUMENT]; the attacks are:");
    for (NamedAttack const& attack : attacks)
        fprintf(stderr, " %s", attack.name);
    fprintf(stderr, "\n");
    return 2;
}

}  // namespace
}  // namespace rogue

int main(int count, char** arguments)
{
    for (rogue::NamedAttack const& attack : rogue::attacks)
        if (count >= 2 && std::string_view{arguments[1]} == attack.name)
            return attack.run(count >= 3 ? arguments[2] : "0");
    return rogue::list_attacks();
}
