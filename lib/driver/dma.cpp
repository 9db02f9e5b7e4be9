#include "lib/driver/dma.hpp"

namespace driver {

Result<Dma> Dma::create(sys::Environment& environment)
{
    Dma dma;
    dma.space_ = TRY(environment.take("dma"));
    sys::Memory memory{TRY(environment.take("memory"))};
    dma.memory_address_ = TRY(dma.address(memory.handle(), 0));
    dma.mapping_ = TRY(memory.map());
    return dma;
}

}  // namespace driver
