#include "lib/sys/answer.hpp"
#include "lib/sys/log.hpp"

namespace sys {

void report_unlisted_failure(std::string_view method, Status status)
{
    log(method, " fails with \"", to_string(status), "\", which its interface does not list");
}

void refuse_method(std::uint64_t header)
{
    {
        ReceivedHandles unwanted{MessageHeader{header}};
    }
    reply(Status::bad_method, {});
}

}  // namespace sys
