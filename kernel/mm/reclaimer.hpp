// Gives objects back after a grace period.
//
// The fast path uses objects without a lock, but only while it is in the kernel. So an object that
// nobody knows any more is safe to destroy when each other hart has left the kernel's slow path
// once, or idled, since. A batch of objects waits for that together.
#pragma once
#include "kernel/arch/riscv64/hart.hpp"
#include "kernel/mm/spin_lock.hpp"
#include "kernel/object/object.hpp"

namespace kernel {

// Guarded by the kernel lock, but for what objects are added to.
class Reclaimer {
public:
    // Without the kernel lock, too.
    void add(Object& object)
    {
        Guard const guard{lock_};
        next_.push_back(object);
    }

    // Nothing is waiting to be given back.
    bool is_idle() const { return next_.empty() && batch_.empty(); }

    // `hart` is about to leave the kernel and holds no object any more but its current thread.
    void pass(Hart& hart);

    // Does what may fail for want of memory; then once more, after all that is on its way out has
    // been given back: for a quota that is enough without it.
    template <class Attempt>
    auto with_memory(Hart const& hart, Attempt const& attempt)
    {
        for (bool is_second = false;; is_second = true) {
            auto result = attempt();
            bool const is_last = is_second || is_idle();
            if (result || result.error() != Status::no_memory || is_last) [[likely]]
                return result;
            finish_all(hart);
        }
    }

private:
    void finish_all(Hart const& hart);
    using List = IntrusiveList<Object, &Object::reclaim_link>;

    bool all_have_passed(Hart const& self) const;
    void start_batch(Hart& self);
    bool finish(Object& object);

    List take_next();

    SpinLock lock_;  // of next_
    List next_;
    List batch_;
    std::uint64_t epoch_ = 0;
};

}  // namespace kernel
