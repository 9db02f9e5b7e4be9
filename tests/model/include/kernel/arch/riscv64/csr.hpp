// Control and status registers of the simulated harts, in place of the header of the same name.
#pragma once
#include "tests/model/machine/cpu.hpp"
#include <cstdint>

namespace kernel::arch {

template <unsigned Number>
struct Csr {
    static std::uint64_t read() { return model::cpu().read(Number); }
    static void write(std::uint64_t value) { model::cpu().write(Number, value); }
    static void set(std::uint64_t bits) { write(read() | bits); }
    static void clear(std::uint64_t bits) { write(read() & ~bits); }
};

struct Sstatus : Csr<0x100> {
    static constexpr std::uint64_t fs_mask = 3ull << 13;
    static constexpr std::uint64_t fs_dirty = 3ull << 13;
    static constexpr std::uint64_t fs_not_clean = 1ull << 13;
};
struct Sie : Csr<0x104> {
    static constexpr std::uint64_t software = 1ull << 1;
    static constexpr std::uint64_t timer = 1ull << 5;
    static constexpr std::uint64_t external = 1ull << 9;
};
struct Sip : Csr<0x144> {
    static constexpr std::uint64_t software = 1ull << 1;
};
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

inline bool is_interrupt_pending() { return (Sip::read() & Sie::read()) != 0; }

inline void fence_all() {}
inline void fence_loads() {}
inline void flush_all_translations() {}
inline void flush_page(std::uint64_t) {}
inline void flush_page(std::uint64_t, std::uint64_t) {}
inline void flush_space(std::uint64_t) {}
inline void pause() { model::pause(); }
[[noreturn]] inline void wait_for_interrupt() { model::fall_asleep(); }

}  // namespace kernel::arch
