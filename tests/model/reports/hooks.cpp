// What instrumented code calls, in place of the thread sanitizer's library. Compiled without
// instrumentation.
#include "tests/model/reports/access.hpp"
#include <cxxabi.h>
#include <dlfcn.h>

namespace model {

void (*access_hook)(Access const& access) = nullptr;
bool is_in_access_hook = false;

std::string function_at(void const* code)
{
    Dl_info info{};
    if (dladdr(code, &info) == 0 || info.dli_sname == nullptr)
        return "an unknown function";
    int status = 0;
    char* const readable = abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status);
    std::string name = status == 0 ? readable : info.dli_sname;
    std::free(readable);
    return name;
}

static void note(void const volatile* address, unsigned bytes, bool writes, void const* code)
{
    if (access_hook == nullptr || is_in_access_hook)
        return;
    is_in_access_hook = true;
    access_hook({reinterpret_cast<std::uint64_t>(address), bytes, writes, code});
    is_in_access_hook = false;
}

}  // namespace model

extern "C" {

#define CODE __builtin_return_address(0)

#define PLAIN(bytes)                                                                               \
    void __tsan_read##bytes(void* address) { model::note(address, bytes, false, CODE); }           \
    void __tsan_write##bytes(void* address) { model::note(address, bytes, true, CODE); }           \
    void __tsan_unaligned_read##bytes(void* address) { model::note(address, bytes, false, CODE); } \
    void __tsan_unaligned_write##bytes(void* address) { model::note(address, bytes, true, CODE); }
PLAIN(1)
PLAIN(2)
PLAIN(4)
PLAIN(8)
PLAIN(16)

void __tsan_init() {}
void __tsan_func_entry(void*) {}
void __tsan_func_exit() {}
void __tsan_vptr_update(void**, void*) {}
void __tsan_vptr_read(void**) {}
void __tsan_read_range(void* address, std::size_t bytes)
{
    model::note(address, static_cast<unsigned>(bytes), false, CODE);
}
void __tsan_write_range(void* address, std::size_t bytes)
{
    model::note(address, static_cast<unsigned>(bytes), true, CODE);
}
void __tsan_atomic_thread_fence(int) { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
void __tsan_atomic_signal_fence(int) {}

// The simulated harts take turns on one thread, so any memory order is the strongest.
#define CHANGE(bits, type, name, operation)                                                        \
    type __tsan_atomic##bits##_##name(type volatile* address, type value, int)                     \
    {                                                                                              \
        model::note(address, bits / 8, true, CODE);                                                \
        return operation(address, value, __ATOMIC_SEQ_CST);                                        \
    }
#define COMPARE(bits, type, name)                                                                  \
    int __tsan_atomic##bits##_compare_exchange_##name(type volatile* address, type* expected,      \
                                                      type desired, int, int)                      \
    {                                                                                              \
        model::note(address, bits / 8, true, CODE);                                                \
        return __atomic_compare_exchange_n(address, expected, desired, false, __ATOMIC_SEQ_CST,    \
                                           __ATOMIC_SEQ_CST)                                       \
                   ? 1                                                                             \
                   : 0;                                                                            \
    }
#define ATOMIC(bits, type)                                                                         \
    type __tsan_atomic##bits##_load(type const volatile* address, int)                             \
    {                                                                                              \
        model::note(address, bits / 8, false, CODE);                                               \
        return __atomic_load_n(address, __ATOMIC_SEQ_CST);                                         \
    }                                                                                              \
    void __tsan_atomic##bits##_store(type volatile* address, type value, int)                      \
    {                                                                                              \
        model::note(address, bits / 8, true, CODE);                                                \
        __atomic_store_n(address, value, __ATOMIC_SEQ_CST);                                        \
    }                                                                                              \
    CHANGE(bits, type, exchange, __atomic_exchange_n)                                              \
    CHANGE(bits, type, fetch_add, __atomic_fetch_add)                                              \
    CHANGE(bits, type, fetch_sub, __atomic_fetch_sub)                                              \
    CHANGE(bits, type, fetch_and, __atomic_fetch_and)                                              \
    CHANGE(bits, type, fetch_or, __atomic_fetch_or)                                                \
    COMPARE(bits, type, strong)                                                                    \
    COMPARE(bits, type, weak)
ATOMIC(8, std::uint8_t)
ATOMIC(16, std::uint16_t)
ATOMIC(32, std::uint32_t)
ATOMIC(64, std::uint64_t)

}  // extern "C"
