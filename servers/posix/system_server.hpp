// For programs that are no POSIX processes: runs one in a session of its own.
#pragma once
#include "servers/posix/process.hpp"

namespace posix {

class SystemServer final : public PosixSystem::Server {
public:
    explicit SystemServer(Service& service) : service_{service} {}

    Result<std::uint32_t> run(std::string_view path,
                              codec::List<std::string_view> arguments) override;

private:
    Service& service_;
};

}  // namespace posix
