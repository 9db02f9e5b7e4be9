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
    put_away_fp(hart);
    Sstatus::set(Sstatus::fs_dirty);
    load_fp(&hart.current->fp);
    hart.fp_owner = hart.current;
}

void settle_fp(Hart const& hart)
{
    if (hart.fp_owner == hart.current)
        Sstatus::set(Sstatus::fs_dirty);
    else
        Sstatus::clear(Sstatus::fs_mask);
}

}  // namespace kernel::arch
