// What is told of a program, or of the kernel, when it went wrong.
#pragma once
#include "kernel/object/thread.hpp"
#include <string_view>

namespace kernel::debug {

// Writes down what the thread did, for who asks after its process's end.
void write_report(Thread& thread, std::uint64_t cause, std::uint64_t address);

// The first process has ended, and nothing can go on without it.
[[noreturn]] void end_of_init(Process const& init);

// Powers off because of a failure. Returns where the machine cannot.
void fail_machine();

// Prints registers and a backtrace with names, and stops the machine.
[[noreturn]] void panic(std::string_view reason, Frame const* frame = nullptr);

// Prints where a kernel address is: a function and an offset.
void print_symbol(std::uint64_t address);

}  // namespace kernel::debug
