// Tree: the file systems that are mounted, as one tree of names.
#pragma once
#include "servers/fs/tree/file_system.hpp"
#include "servers/fs/tree/name_cache.hpp"
#include <array>

namespace fs {

class Tree {
public:
    // The systems outlive the tree.
    explicit Tree(FileSystem& root) { systems_[0] = {&root, {}, {}}; }

    // `system` is seen from then on where `place`, a directory, is. Errors: busy (there are no more
    // places, or something is mounted there), and those of FileSystem::root.
    Result<> mount(FileSystem& system, NodeRef place);

    FileSystem& system(std::uint32_t id) const { return *systems_[id].system; }
    FileSystem& root_system() const { return *systems_[0].system; }
    std::uint32_t system_count() const { return count_; }

    // What a name in a directory leads to, mounted or not.
    // Errors: not_found, not_a_directory, name_too_long, corrupt, io_error, no_memory.
    Result<NodeRef> find(NodeRef const& directory, std::string_view name);
    Result<NodeRef> get(NodeKey key) const { return system(key.system).get(key.number); }

    // Something is mounted on the node.
    bool is_mount_point(NodeRef const& node) const { return mounted_on(node) != nullptr; }

    // The name leads somewhere else from now on, or nowhere.
    void forget(NodeRef const& directory, std::string_view name);

    static NodeKey key_of(NodeRef const& node) { return {node.system().id(), node->number}; }

private:
    struct Mount {
        FileSystem* system = nullptr;
        NodeRef place;  // keeps the directory that is covered
        NodeRef root;
    };

    Mount const* mounted_on(NodeRef const& node) const
    {
        for (std::uint32_t i = 1; i < count_; ++i)
            if (systems_[i].place == node)
                return &systems_[i];
        return nullptr;
    }

    std::array<Mount, 8> systems_;
    std::uint32_t count_ = 1;
    NameCache names_;
};

}  // namespace fs
