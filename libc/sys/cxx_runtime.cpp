// What the C++ compiler and the headers of its library expect to be linked with. There are no
// exceptions: where one would be thrown the program ends, and its crash report shows who called.
//
// All of it is weak: a program that is linked with libstdc++ itself has its versions.
#include "lib/sys/log.hpp"
#include <bits/functexcept.h>
#include <exception>
#include <new>
#include <stdlib.h>

namespace {

[[noreturn]] void give_up(char const* reason)
{
    sys::log_line(reason);
    __builtin_trap();
}

void* allocate(std::size_t bytes)
{
    void* const memory = malloc(bytes);
    if (memory == nullptr)
        give_up("out of memory");
    return memory;
}

void* allocate_aligned(std::size_t bytes, std::align_val_t alignment)
{
    void* const memory = aligned_alloc(static_cast<std::size_t>(alignment), bytes);
    if (memory == nullptr)
        give_up("out of memory");
    return memory;
}

}  // namespace

[[gnu::weak]] void* operator new(std::size_t bytes) { return allocate(bytes); }
[[gnu::weak]] void* operator new[](std::size_t bytes) { return allocate(bytes); }
[[gnu::weak]] void* operator new(std::size_t bytes, std::align_val_t alignment)
{
    return allocate_aligned(bytes, alignment);
}
[[gnu::weak]] void* operator new[](std::size_t bytes, std::align_val_t alignment)
{
    return allocate_aligned(bytes, alignment);
}

// The forms that answer a null pointer.
[[gnu::weak]] void* operator new(std::size_t bytes, std::nothrow_t const&) noexcept
{
    return malloc(bytes);
}
[[gnu::weak]] void* operator new[](std::size_t bytes, std::nothrow_t const&) noexcept
{
    return malloc(bytes);
}

[[gnu::weak]] void operator delete(void* memory) noexcept { free(memory); }
[[gnu::weak]] void operator delete[](void* memory) noexcept { free(memory); }
[[gnu::weak]] void operator delete(void* memory, std::size_t) noexcept { free(memory); }
[[gnu::weak]] void operator delete[](void* memory, std::size_t) noexcept { free(memory); }
[[gnu::weak]] void operator delete(void* memory, std::align_val_t) noexcept { free(memory); }
[[gnu::weak]] void operator delete[](void* memory, std::align_val_t) noexcept { free(memory); }
[[gnu::weak]] void operator delete(void* memory, std::size_t, std::align_val_t) noexcept
{
    free(memory);
}
[[gnu::weak]] void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept
{
    free(memory);
}

namespace std {

[[gnu::weak]] void terminate() noexcept { give_up("std::terminate was called"); }
[[gnu::weak]] void __throw_bad_alloc() { give_up("out of memory"); }
[[gnu::weak]] void __throw_bad_array_new_length() { give_up("an array is too long"); }
[[gnu::weak]] void __throw_length_error(char const* reason) { give_up(reason); }
[[gnu::weak]] void __throw_logic_error(char const* reason) { give_up(reason); }
[[gnu::weak]] void __throw_out_of_range(char const* reason) { give_up(reason); }
[[gnu::weak]] void __throw_out_of_range_fmt(char const* reason, ...) { give_up(reason); }
[[gnu::weak]] void __throw_invalid_argument(char const* reason) { give_up(reason); }
[[gnu::weak]] void __throw_bad_function_call() { give_up("an empty std::function was called"); }

}  // namespace std

extern "C" {

void* __dso_handle = nullptr;  // programs have no parts that could be unloaded

[[gnu::weak, noreturn]] void __cxa_pure_virtual() { give_up("a pure virtual function was called"); }
}
