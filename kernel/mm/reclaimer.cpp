// Gives objects back after a grace period.
#include "kernel/mm/reclaimer.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/arch/riscv64/sbi.hpp"
#include "kernel/ipc/ipc.hpp"
#include "kernel/kernel.hpp"
#include "kernel/object/destroy.hpp"

namespace kernel {

bool Reclaimer::all_have_passed(Hart const& self) const
{
    for (Hart const& hart : system.harts)
        if (hart.online && &hart != &self && !system.is_idle(hart) && hart.seen_epoch != epoch_)
            return false;
    return true;
}

Reclaimer::List Reclaimer::take_next()
{
    Guard const guard{lock_};
    return std::exchange(next_, List{});
}

void Reclaimer::start_batch(Hart& self)
{
    batch_ = take_next();
    epoch_++;
    self.seen_epoch = epoch_;
    for (Hart const& hart : system.harts)
        if (hart.online && &hart != &self && !system.is_idle(hart))
            arch::sbi::send_ipi(hart.id);
}

// Gives back the object, or a part of it if an interrupt waits. False if there is more.
bool Reclaimer::finish(Object& object)
{
    bool const is_process = object.type() == ObjectType::process;
    if (is_process && static_cast<Process&>(object).must_close()) {
        while (!static_cast<Process&>(object).close_some())
            if (arch::is_interrupt_pending())
                return false;
        if (!object.is_known_again())
            add(object);  // somebody may have found it while it was held: another grace period
        return true;
    }
    bool const lives_on = object.is_known_again() || ipc::retire(object);
    if (lives_on)
        return true;
    while (!take_apart(object))
        if (arch::is_interrupt_pending())
            return false;
    destroy(object);
    return true;
}

void Reclaimer::finish_all(Hart const& hart)
{
    if (is_idle())
        return;
    stop_other_harts(hart);  // none of them holds an object then
    while (!is_idle()) {
        while (Object* const object = batch_.take_front())
            while (!finish(*object)) {
            }
        batch_ = take_next();
    }
}

void Reclaimer::pass(Hart& hart)
{
    hart.seen_epoch = epoch_;
    while (!is_idle()) {
        if (batch_.empty())
            start_batch(hart);
        if (!all_have_passed(hart))
            return;
        while (Object* const object = batch_.take_front()) {
            if (!finish(*object))
                batch_.push_front(*object);
            if (arch::is_interrupt_pending())
                return;  // the rest at the next time
        }
    }
}

}  // namespace kernel
