// Memory: pages that can be mapped.
#include "kernel/object/memory.hpp"
#include "kernel/kernel.hpp"
#include "kernel/object/process.hpp"

namespace kernel {

template <class Table>
Result<> Memory::ensure(Table*& table)
{
    if (table == nullptr)
        table = direct<Table>(TRY(payer()->allocate_frame()));
    return {};
}

Result<PhysAddr> Memory::frame(std::uint64_t page)
{
    if (page >= pages)
        return fail(Status::out_of_range);
    if (kind != Kind::sparse)
        return PhysAddr{base_.value + page * page_size};

    TRY(ensure(directory_));
    Leaf*& leaf = directory_->leaves[page / 512];
    TRY(ensure(leaf));
    PhysAddr& frame = leaf->frames[page % 512];
    if (!frame)
        frame = TRY(payer()->allocate_frame());
    return frame;
}

void Memory::release_leaf(Leaf& leaf)
{
    for (PhysAddr frame : leaf.frames)
        if (frame)
            payer()->free_frame(frame);
    payer()->free_frame(physical(&leaf));
}

void Memory::release()
{
    if (kind == Kind::block) {
        system.frames.free(base_, FrameAllocator::order_for(pages));
        payer()->refund(page_size << FrameAllocator::order_for(pages));
    }
    if (directory_ == nullptr)
        return;
    for (Leaf* leaf : directory_->leaves)
        if (leaf != nullptr)
            release_leaf(*leaf);
    payer()->free_frame(physical(directory_));
    directory_ = nullptr;
}

}  // namespace kernel
