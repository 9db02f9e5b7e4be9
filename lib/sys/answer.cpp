#include "lib/sys/answer.hpp"

namespace sys {

void refuse_method(std::uint64_t header)
{
    {
        ReceivedHandles unwanted{MessageHeader{header}};
    }
    reply(Status::bad_method, {});
}

}  // namespace sys
