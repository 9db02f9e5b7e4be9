// InodeTable: the inodes in use, and lately used ones, each once; a fixed number of places.
#pragma once
#include "servers/fs/ext4/inode.hpp"
#include <memory>
#include <utility>

namespace ext4 {

class Volume;

// Keeps an inode in the table. The last reference to an inode without a name frees its blocks.
class [[nodiscard]] InodeRef {
public:
    InodeRef() = default;
    InodeRef(Volume& volume, Inode& inode) : volume_{&volume}, inode_{&inode}
    {
        ++inode.references;
    }
    InodeRef(InodeRef&& other) noexcept
        : volume_{other.volume_}, inode_{std::exchange(other.inode_, nullptr)}
    {
    }
    InodeRef& operator=(InodeRef other) noexcept
    {
        std::swap(volume_, other.volume_);
        std::swap(inode_, other.inode_);
        return *this;
    }
    ~InodeRef();

    InodeRef share() const { return InodeRef{*volume_, *inode_}; }
    Inode& operator*() const { return *inode_; }
    Inode* operator->() const { return inode_; }
    explicit operator bool() const { return inode_ != nullptr; }

private:
    Volume* volume_ = nullptr;
    Inode* inode_ = nullptr;
};

class InodeTable {
public:
    explicit InodeTable(Volume& volume) : volume_{volume} {}
    Result<> create(std::uint32_t capacity);

    // The inode of that number, which a directory entry names.
    // Errors: corrupt (no such inode, or not in use), not_found (it has lost its last name),
    //         no_memory (every place is taken), io_error.
    Result<InodeRef> get(InodeNumber number);

    // The same without a reference: it keeps its place only until the table is asked again.
    Result<Inode*> use(InodeNumber number);

    // A place for an inode that was just allocated: all zeros.
    Result<InodeRef> add(InodeNumber number, std::uint32_t generation);

    // The inode if it is in the table.
    Inode* find(InodeNumber number);

    // Forgets an inode that nobody refers to.
    void remove(Inode& inode);

private:
    static constexpr std::uint32_t none = ~0u;

    Result<> load(Inode& inode, InodeNumber number);
    Result<Inode*> take_place();
    void insert(Inode& inode, InodeNumber number);
    std::uint32_t index_of(Inode const& inode) const
    {
        return static_cast<std::uint32_t>(&inode - places_.get());
    }
    std::uint32_t& bucket(InodeNumber number) { return buckets_[number & bucket_mask_]; }

    Volume& volume_;
    std::unique_ptr<Inode[]> places_;
    std::unique_ptr<std::uint32_t[]> buckets_;
    std::uint32_t capacity_ = 0;
    std::uint32_t bucket_mask_ = 0;
    std::uint32_t clock_hand_ = 0;
};

// Puts the copy into the inode table of the volume, with its checksum.
// Errors: io_error, no_memory.
Result<> store_inode(Volume& volume, Inode& inode);

// The block that holds the inode, and where in it.
struct InodePlace {
    BlockNumber block;
    std::size_t offset;
};
InodePlace place_of(Volume& volume, InodeNumber number);

}  // namespace ext4
