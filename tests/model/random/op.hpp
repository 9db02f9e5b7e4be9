// One step of a random test: what is done, and numbers from which the details follow.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace model {

struct Op {
    enum class Kind : std::uint8_t {
        // Of the current thread of a hart:
        call,
        reply,
        detach,
        complete,
        lease,
        close,
        duplicate,
        notification_create,
        signal,
        wait,
        poll,
        arm,
        bind,
        pool_create,
        endpoint_create,
        revoke,
        memory,
        thread_create,
        thread_exit,
        exit,
        kill,
        info,
        watch,
        yield,
        futex_wait,
        futex_wake,
        fault_handler,
        fault,
        touch,
        use_fp,
        schedule,
        break_in,
        charge_caller,
        upcall,
        // Of the machine:
        advance,
        interrupt,
        spurious,
        device,
        // Of who supervises the test:
        spawn,
        grant,
        end,
        count,
    };

    Kind kind;
    std::uint32_t hart;
    std::uint32_t a;
    std::uint32_t b;
    std::uint32_t c;
};

std::string describe(Op const& op);

}  // namespace model
