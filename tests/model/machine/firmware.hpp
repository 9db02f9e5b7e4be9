// What the kernel asks of the firmware, for who wants to know.
#pragma once
#include <cstddef>
#include <cstdint>
#include <vector>

namespace model {

// Notes all requests from its beginning to its end; one at a time.
class FirmwareLog {
public:
    struct Fence {
        std::uint64_t hart;
        std::uint64_t address;
        std::uint64_t bytes;
        std::uint64_t asid;
        bool operator==(Fence const&) const = default;
    };

    FirmwareLog() { current = this; }
    ~FirmwareLog() { current = nullptr; }
    FirmwareLog(FirmwareLog const&) = delete;
    FirmwareLog& operator=(FirmwareLog const&) = delete;

    std::vector<std::uint64_t> ipis;  // to which hart, in order
    std::vector<Fence> fences;

    inline static FirmwareLog* current = nullptr;
};

}  // namespace model
