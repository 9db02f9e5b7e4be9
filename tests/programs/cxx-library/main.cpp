// What the C++ library adds to the headers that all programs have: each check is one part of it.
#include "tests/programs/cxx-library/check.hpp"
#include <iostream>

int main()
{
    bool all_right = true;
    for (Check const& check : all_checks) {
        try {
            check.run();
            std::cout << check.name << ": ok" << std::endl;
        } catch (std::exception const& failure) {
            std::cout << check.name << ": " << failure.what() << std::endl;
            all_right = false;
        }
    }
    return all_right ? 0 : 1;
}
