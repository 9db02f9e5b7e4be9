// The schema's list of statuses is the system's.
#include "abi/status.hpp"
#include <cstdio>
#include <fstream>
#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace {

std::string snake_case(std::string const& name)
{
    std::string result;
    for (char c : name)
        result += c >= 'A' && c <= 'Z' ? std::string{'_', static_cast<char>(c - 'A' + 'a')}
                                       : std::string{c};
    return result;
}

// "name number" of each line of the enum: `  badHandle @1;`.
std::vector<std::string> statuses_of_schema()
{
    std::ifstream file{"interfaces/annotations.capnp"};
    std::vector<std::string> result;
    bool inside = false;
    for (std::string line; std::getline(file, line);) {
        inside = (inside && line[0] != '}') || line.starts_with("enum Status {");
        char name[64];
        int number = 0;
        if (inside && std::sscanf(line.c_str(), " %63[A-Za-z] @%d;", name, &number) == 2)
            result.push_back(snake_case(name) + " " + std::to_string(number));
    }
    return result;
}

TEST(Status, of_the_schemas_is_that_of_the_system)
{
    std::vector<std::string> const expected = {
#define STATUS(name, number, text) #name " " #number,
#include "abi/status.def"
#undef STATUS
    };
    EXPECT_EQ(statuses_of_schema(), expected);
}

}  // namespace
