// Switching between stacks (System V ABI for x86-64).
#include "tests/model/machine/fiber.hpp"
#include <cstdint>

// There with the address sanitizer only, which has to know what is a stack.
extern "C" {
[[gnu::weak]] void __sanitizer_start_switch_fiber(void** save, void const* bottom,
                                                  std::size_t bytes);
[[gnu::weak]] void __sanitizer_finish_switch_fiber(void* save, void const** bottom,
                                                   std::size_t* bytes);
[[gnu::weak]] void __asan_unpoison_memory_region(void const volatile* begin, std::size_t bytes);

// Keeps what a function call keeps on the stack, stores the stack pointer, and goes on elsewhere.
void switch_stack(void** save, void* load);
}

asm(R"(
    .text
    .globl switch_stack
switch_stack:
    push %rbp
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    mov  %rsp, (%rdi)
    mov  %rsi, %rsp
    pop  %r15
    pop  %r14
    pop  %r13
    pop  %r12
    pop  %rbx
    pop  %rbp
    ret
)");

namespace model {

static Fiber* current;

void Fiber::begin()
{
    Fiber& self = *current;
    if (__sanitizer_finish_switch_fiber != nullptr)
        __sanitizer_finish_switch_fiber(nullptr, &self.caller_stack_, &self.caller_stack_bytes_);
    self.entry_();
    __builtin_unreachable();
}

void Fiber::start(void (*entry)())
{
    entry_ = entry;
    if (__asan_unpoison_memory_region != nullptr)
        __asan_unpoison_memory_region(stack_, stack_bytes);
    constexpr std::size_t saved_registers = 6;
    auto* top = reinterpret_cast<std::uint64_t*>(stack_ + stack_bytes) - 1;
    *--top = reinterpret_cast<std::uint64_t>(&Fiber::begin);
    for (std::size_t i = 0; i < saved_registers; i++)
        *--top = 0;
    stack_pointer_ = top;
    switch_to();
}

void Fiber::resume() { switch_to(); }

void Fiber::switch_to()
{
    current = this;
    if (__sanitizer_start_switch_fiber != nullptr)
        __sanitizer_start_switch_fiber(&caller_fake_stack_, stack_, stack_bytes);
    switch_stack(&caller_, stack_pointer_);
    if (__sanitizer_finish_switch_fiber != nullptr)
        __sanitizer_finish_switch_fiber(caller_fake_stack_, nullptr, nullptr);
}

void Fiber::leave()
{
    void* fake_stack = nullptr;
    if (__sanitizer_start_switch_fiber != nullptr)
        __sanitizer_start_switch_fiber(&fake_stack, caller_stack_, caller_stack_bytes_);
    switch_stack(&stack_pointer_, caller_);
    if (__sanitizer_finish_switch_fiber != nullptr)
        __sanitizer_finish_switch_fiber(fake_stack, &caller_stack_, &caller_stack_bytes_);
}

}  // namespace model
