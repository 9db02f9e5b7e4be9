// Control and status registers as types (RISC-V Privileged Architecture, chapters 4 and 20).
#pragma once
#include <cstdint>

namespace kernel::arch {

template <unsigned Number>
struct Csr {
    static std::uint64_t read()
    {
        std::uint64_t value;
        asm volatile("csrr %0, %1" : "=r"(value) : "i"(Number));
        return value;
    }
    static void write(std::uint64_t value)
    {
        asm volatile("csrw %0, %1" : : "i"(Number), "rK"(value) : "memory");
    }
    static void set(std::uint64_t bits)
    {
        asm volatile("csrs %0, %1" : : "i"(Number), "rK"(bits) : "memory");
    }
    static void clear(std::uint64_t bits)
    {
        asm volatile("csrc %0, %1" : : "i"(Number), "rK"(bits) : "memory");
    }
};

struct Sstatus : Csr<0x100> {
    static constexpr std::uint64_t spie = 1ull << 5;      // interrupts enabled after sret
    static constexpr std::uint64_t spp = 1ull << 8;       // the trap came from supervisor mode
    static constexpr std::uint64_t vs_mask = 3ull << 9;   // vector state: always off
    static constexpr std::uint64_t sum = 1ull << 18;      // the kernel may touch user pages: never
    static constexpr std::uint64_t mxr = 1ull << 19;      // what is executable is readable: never
    static constexpr std::uint64_t fs_mask = 3ull << 13;  // floating-point state: 0 is off
    static constexpr std::uint64_t fs_dirty = 3ull << 13;
    static constexpr std::uint64_t fs_not_clean = 1ull << 13;  // of fs_dirty: left out, it is clean
};
struct Sie : Csr<0x104> {
    static constexpr std::uint64_t software = 1ull << 1;
    static constexpr std::uint64_t timer = 1ull << 5;
    static constexpr std::uint64_t external = 1ull << 9;
};
struct Sip : Csr<0x144> {
    static constexpr std::uint64_t software = 1ull << 1;
};
struct Stvec : Csr<0x105> {};
struct Scounteren : Csr<0x106> {
    static constexpr std::uint64_t cycle_time_instret = 7;
};
struct Sscratch : Csr<0x140> {};
struct Sepc : Csr<0x141> {};
struct Scause : Csr<0x142> {
    static constexpr std::uint64_t interrupt = 1ull << 63;
    static constexpr std::uint64_t software_interrupt = interrupt | 1;
    static constexpr std::uint64_t timer_interrupt = interrupt | 5;
    static constexpr std::uint64_t external_interrupt = interrupt | 9;
    static constexpr std::uint64_t illegal_instruction = 2;
    static constexpr std::uint64_t ecall_from_user = 8;
    static constexpr std::uint64_t fetch_page_fault = 12;
    static constexpr std::uint64_t load_page_fault = 13;
    static constexpr std::uint64_t store_page_fault = 15;
};
struct Stval : Csr<0x143> {};
struct Satp : Csr<0x180> {
    static constexpr std::uint64_t sv39 = 8ull << 60;
    static constexpr unsigned asid_shift = 44;
    static constexpr std::uint64_t asid_mask = 0xffffull << asid_shift;
};
struct Stimecmp : Csr<0x14d> {};
struct Cycle : Csr<0xc00> {};
struct Time : Csr<0xc01> {};

// Whether the hart would take an interrupt if it were not in the kernel.
inline bool is_interrupt_pending() { return (Sip::read() & Sie::read()) != 0; }

inline void fence_all() { asm volatile("fence rw, rw" : : : "memory"); }
inline void fence_loads() { asm volatile("fence r, r" : : : "memory"); }
inline void flush_all_translations() { asm volatile("sfence.vma" : : : "memory"); }
// Of the page, in whatever address space.
inline void flush_page(std::uint64_t address)
{
    asm volatile("sfence.vma %0" : : "r"(address) : "memory");
}
inline void flush_page(std::uint64_t address, std::uint64_t asid)
{
    asm volatile("sfence.vma %0, %1" : : "r"(address), "r"(asid) : "memory");
}
inline void flush_space(std::uint64_t asid)
{
    asm volatile("sfence.vma zero, %0" : : "r"(asid) : "memory");
}
// In a loop that waits for another hart (Zihintpause's pause: a hint, so every hart has it).
inline void pause() { asm volatile(".insn i 0x0f, 0, x0, x0, 0x010" : : : "memory"); }
inline void wait_for_interrupt() { asm volatile("wfi" : : : "memory"); }

}  // namespace kernel::arch
