// Loads and stores of device registers.
#pragma once
#include <concepts>
#include <cstdint>

namespace driver {

// One access of exactly this width. Memory accesses do not move across it in the direction that
// matters: what was written to memory before a store is visible to the device that the store wakes,
// and what is read from memory after a load is what the device had written before it answered.
template <std::unsigned_integral Value>
Value mmio_load(std::uintptr_t address)
{
    Value value = *reinterpret_cast<Value const volatile*>(address);
    asm volatile("fence i, ir" ::: "memory");
    return value;
}

template <std::unsigned_integral Value>
void mmio_store(std::uintptr_t address, Value value)
{
    asm volatile("fence ow, o" ::: "memory");
    *reinterpret_cast<Value volatile*>(address) = value;
}

}  // namespace driver
