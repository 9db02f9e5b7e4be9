// Copying the words of a message.
#pragma once
#include <cstdint>

namespace kernel::arch {

// Copies `count` words, at most 64, in two instructions each: a jump into a row of loads and
// stores, as far before its end as there are words. The words of a pair are loaded before they are
// stored, so that an odd one goes first, alone.
[[gnu::always_inline]] inline void copy_words(std::uint64_t* to, std::uint64_t const* from,
                                              std::uint64_t count)
{
    if ((count & 1) != 0) {
        count--;
        to[count] = from[count];
    }
    std::uint64_t first;
    std::uint64_t second;
    asm volatile(".option push\n"
                 ".option norvc\n"
                 "    lla  %[first], 1f\n"
                 "    slli %[second], %[count], 3\n"
                 "    sub  %[first], %[first], %[second]\n"
                 "    jr   %[first]\n"
                 "    .set word, 62\n"
                 "    .rept 32\n"
                 "    ld   %[first], 8*word(%[from])\n"
                 "    ld   %[second], 8*word+8(%[from])\n"
                 "    sd   %[first], 8*word(%[to])\n"
                 "    sd   %[second], 8*word+8(%[to])\n"
                 "    .set word, word - 2\n"
                 "    .endr\n"
                 "1:\n"
                 ".option pop"
                 : [first] "=&r"(first), [second] "=&r"(second)
                 : [to] "r"(to), [from] "r"(from), [count] "r"(count)
                 : "memory");
}

}  // namespace kernel::arch
