// Loads and stores of device registers: a simulated device instead of memory.
#pragma once
#include <concepts>
#include <cstddef>
#include <cstdint>

namespace driver {

// Each test supplies these.
std::uint32_t simulated_load(std::uintptr_t address, std::size_t width_bytes);
void simulated_store(std::uintptr_t address, std::size_t width_bytes, std::uint32_t value);

template <std::unsigned_integral Value>
Value mmio_load(std::uintptr_t address)
{
    return static_cast<Value>(simulated_load(address, sizeof(Value)));
}

template <std::unsigned_integral Value>
void mmio_store(std::uintptr_t address, Value value)
{
    simulated_store(address, sizeof(Value), value);
}

}  // namespace driver
