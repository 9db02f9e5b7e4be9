// The endpoints that programs have published, by program and service.
#pragma once
#include "lib/base/result.hpp"
#include "lib/sys/handle.hpp"
#include <array>
#include <string_view>

namespace init {

class Services {
public:
    static constexpr std::size_t capacity = 64;

    // The names outlive this object. Errors: already_exists, no_memory
    Result<> add(std::string_view program, std::string_view service, sys::Handle endpoint);

    // Everything that the program has published.
    void remove(std::string_view program);

    // 0: not published (yet).
    sys::HandleValue find(std::string_view program, std::string_view service) const;

private:
    struct Service {
        std::string_view program;
        std::string_view name;
        sys::Handle endpoint;  // of no value: the entry is free
    };
    std::array<Service, capacity> services_;
};

}  // namespace init
