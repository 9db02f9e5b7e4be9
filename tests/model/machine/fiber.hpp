// A flow of control with a stack of its own: the kernel on one hart.
#pragma once
#include <cstddef>

namespace model {

class Fiber {
public:
    // Begins `entry` on the empty stack; returns at the next leave().
    void start(void (*entry)());
    // Goes on behind the last leave().
    void resume();
    // Back to who called start() or resume().
    void leave();

private:
    static constexpr std::size_t stack_bytes = 256 << 10;

    static void begin();
    void switch_to();

    void (*entry_)() = nullptr;
    void* stack_pointer_ = nullptr;
    void* caller_ = nullptr;
    void* caller_fake_stack_ = nullptr;
    void const* caller_stack_ = nullptr;
    std::size_t caller_stack_bytes_ = 0;
    alignas(64) std::byte stack_[stack_bytes];
};

}  // namespace model
