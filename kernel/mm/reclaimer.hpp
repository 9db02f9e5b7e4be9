// Gives objects back after a grace period.
//
// The fast path uses objects without a lock, but only while it is in the kernel. So an object that
// nobody knows any more is safe to destroy when each other hart has left the kernel's slow path
// once, or idled, since. A batch of objects waits for that together.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/object/object.hpp"

namespace kernel {

// Guarded by the kernel lock.
class Reclaimer {
public:
    void add(Object& object) { next_.push_back(object); }

    // Nothing is waiting to be given back.
    bool is_idle() const { return next_.empty() && batch_.empty(); }

    // `hart` is about to leave the kernel and holds no object any more but its current thread.
    void pass(Hart& hart);

    // Gives everything back now: for a quota that would be enough without what is on its way out.
    void finish_all(Hart const& hart);

private:
    using List = IntrusiveList<Object, &Object::reclaim_link>;

    bool all_have_passed(Hart const& self) const;
    void start_batch(Hart& self);
    bool finish(Object& object);

    List next_;
    List batch_;
    std::uint64_t epoch_ = 0;
};

}  // namespace kernel
