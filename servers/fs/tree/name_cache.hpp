// NameCache: which node a name in a directory leads to, so that a path that was walked before is
// walked without looking into directories. Whoever changes a name says so to forget().
#pragma once
#include "servers/fs/tree/node.hpp"
#include <memory>
#include <string_view>

namespace fs {

// A directory among those of all file systems.
struct NodeKey {
    std::uint32_t system;
    NodeNumber number;
    bool operator==(NodeKey const&) const = default;
};

class NameCache {
public:
    NameCache();

    // 0: not known.
    NodeNumber find(NodeKey directory, std::string_view name) const;
    void remember(NodeKey directory, std::string_view name, NodeNumber number);
    void forget(NodeKey directory, std::string_view name);

private:
    static constexpr std::size_t entry_count = 1024;
    static constexpr std::size_t longest_name = 35;

    struct Entry {
        NodeKey directory{};
        NodeNumber number = 0;  // 0: the entry is free
        std::uint8_t length = 0;
        char name[longest_name];
        bool is(NodeKey key, std::string_view text) const;
    };
    static_assert(sizeof(Entry) == 48);

    Entry* place_of(NodeKey directory, std::string_view name) const;

    std::unique_ptr<Entry[]> entries_;  // none if there was no memory: nothing is remembered
};

}  // namespace fs
