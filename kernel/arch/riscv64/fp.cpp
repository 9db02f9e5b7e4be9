// Floating-point registers and who owns them.
#include "kernel/arch/riscv64/fp.hpp"
#include "kernel/arch/riscv64/csr.hpp"
#include "kernel/object/thread.hpp"

namespace kernel::arch {

void put_away_fp(Hart& hart)
{
    if (hart.fp_owner == nullptr)
        return;
    Sstatus::set(Sstatus::fs_dirty);
    save_fp(&hart.fp_owner->fp);
    hart.fp_owner = nullptr;
    Sstatus::clear(Sstatus::fs_mask);  // on only for the owner
}

void take_fp(Hart& hart)
{
    Sstatus::set(Sstatus::fs_dirty);
    if (hart.fp_owner != nullptr)
        save_fp(&hart.fp_owner->fp);
    hart.fp_owner = load_fp(hart.current, &hart.current->fp);
    hart.current->uses_fp = 1;
}

void take_fp_early(Hart& hart)
{
    take_fp(hart);
    Sstatus::clear(Sstatus::fs_not_clean);
}

void settle_fp(Hart const& hart)
{
    if (hart.fp_owner == hart.current)
        Sstatus::set(Sstatus::fs_dirty);
    else
        Sstatus::clear(Sstatus::fs_mask);
}

}  // namespace kernel::arch
