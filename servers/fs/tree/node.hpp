// Node: a file, directory or link of any file system, while it is in use.
#pragma once
#include "servers/fs/tree/clock.hpp"
#include <cstddef>
#include <utility>

namespace fs {

class FileSystem;
class MappedContent;

using NodeNumber = std::uint32_t;  // of one file system; 0: none

enum class Kind : std::uint8_t {
    file,
    directory,
    symbolic_link,
    character_device,
    block_device,
    fifo,
    socket,
    other,
};

// A mode is the kind and the permissions, in the bits that POSIX has for them.
using Mode = std::uint16_t;

namespace mode {
inline constexpr Mode kind_mask = 0xf000;
inline constexpr Mode set_user = 04000;
inline constexpr Mode set_group = 02000;
inline constexpr Mode sticky = 01000;
inline constexpr Mode group_execute = 0010;
inline constexpr Mode all_execute = 0111;
inline constexpr Mode permissions = 07777;

constexpr Kind kind_of(Mode mode)
{
    switch (mode & kind_mask) {
    case 0x8000:
        return Kind::file;
    case 0x4000:
        return Kind::directory;
    case 0xa000:
        return Kind::symbolic_link;
    case 0x2000:
        return Kind::character_device;
    case 0x6000:
        return Kind::block_device;
    case 0x1000:
        return Kind::fifo;
    case 0xc000:
        return Kind::socket;
    default:
        return Kind::other;
    }
}

constexpr Mode of(Kind kind)
{
    constexpr Mode modes[] = {0x8000, 0x4000, 0xa000, 0x2000, 0x6000, 0x1000, 0xc000, 0};
    return modes[static_cast<std::size_t>(kind)];
}
}  // namespace mode

// Who a node belongs to, and what others may do with it.
struct Ownership {
    std::uint32_t owner = 0, group = 0;
    Mode mode = 0;

    Kind kind() const { return mode::kind_of(mode); }
};

struct Attributes {
    Ownership ownership;
    std::uint32_t links = 0;
    std::uint64_t size = 0;    // bytes
    std::uint64_t blocks = 0;  // of 512 bytes
    std::uint64_t device = 0;  // which one a device's node stands for
    Timestamp accessed, modified, changed;
};

// What changes; the rest stays.
struct AttributeChange {
    Timestamp const* accessed = nullptr;
    Timestamp const* modified = nullptr;
    bool sets_mode = false, sets_owner = false, sets_group = false;
    Mode mode = 0;  // permissions only
    std::uint32_t owner = 0, group = 0;
};

struct Node {
    NodeNumber number = 0;
    std::uint32_t references = 0;
    Ownership ownership;
    MappedContent* mapped = nullptr;  // while processes have the file mapped

    Kind kind() const { return ownership.kind(); }
};

// Keeps a node. The last reference to one without a name frees its content.
class [[nodiscard]] NodeRef {
public:
    NodeRef() = default;
    NodeRef(FileSystem& system, Node& node) : system_{&system}, node_{&node} { ++node.references; }
    NodeRef(NodeRef&& other) noexcept
        : system_{other.system_}, node_{std::exchange(other.node_, nullptr)}
    {
    }
    NodeRef& operator=(NodeRef other) noexcept
    {
        std::swap(system_, other.system_);
        std::swap(node_, other.node_);
        return *this;
    }
    ~NodeRef();

    NodeRef share() const { return NodeRef{*system_, *node_}; }
    FileSystem& system() const { return *system_; }
    Node& operator*() const { return *node_; }
    Node* operator->() const { return node_; }
    explicit operator bool() const { return node_ != nullptr; }
    bool operator==(NodeRef const& other) const { return node_ == other.node_; }

private:
    FileSystem* system_ = nullptr;
    Node* node_ = nullptr;
};

}  // namespace fs
