// Device trees for the tests, compiled from source by dtc.
#pragma once
#include "lib/device_tree/interrupts.hpp"
#include "lib/device_tree/tree.hpp"
#include <cstdio>
#include <gtest/gtest.h>
#include <string>
#include <vector>

using TreeBytes = std::vector<std::byte>;

// The blob that dtc makes of `source`, which is a path or, from "/dts-v1/;" on, the text itself.
inline TreeBytes compile_tree(std::string const& source)
{
    std::string path = source;
    if (source.starts_with("/dts-v1/;")) {
        path = testing::TempDir() + "/tree.dts";
        std::FILE* file = std::fopen(path.c_str(), "w");
        std::fputs(source.c_str(), file);
        std::fclose(file);
    }

    TreeBytes bytes;
    std::FILE* output = popen(("dtc -q -I dts -O dtb " + path).c_str(), "r");
    for (int character = std::fgetc(output); character != EOF; character = std::fgetc(output))
        bytes.push_back(std::byte(character));
    EXPECT_EQ(pclose(output), 0);
    return bytes;
}

// A tree with its bytes.
struct CompiledTree {
    TreeBytes bytes;
    device_tree::Tree tree;

    explicit CompiledTree(std::string const& source)
        : bytes{compile_tree(source)}, tree{device_tree::Tree::parse(bytes).value()}
    {
    }
};

inline CompiledTree board_tree(std::string const& name)
{
    return CompiledTree{"tests/unit/device_tree/" + name + ".dts"};
}
