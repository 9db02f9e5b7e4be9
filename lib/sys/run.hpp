// The outermost function of a program: int main() { return sys::run(body); }
#pragma once
#include "lib/sys/environment.hpp"

namespace sys {

// The program's exit code. A failure is logged, once and here.
int exit_code(Result<> const& result, Environment const& environment);

// Programs with arguments pass main's on.
template <class Body>
int run(Body const& body, int argument_count = 0, char const* const* arguments = nullptr)
{
    Environment environment{{arguments, static_cast<std::size_t>(argument_count)}};
    return exit_code(body(environment), environment);
}

}  // namespace sys
