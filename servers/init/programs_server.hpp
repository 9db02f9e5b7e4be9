// The service "programs".
#pragma once
#include "generated/interfaces/init.hpp"
#include "servers/init/process_table.hpp"

namespace init {

class ProgramsServer final : public Programs::Server {
public:
    explicit ProgramsServer(ProcessTable& processes) : processes_{processes} {}

    Result<> end(std::string_view name) override
    {
        for (Process& process : processes_)
            if (process.is_running() && process.program() != nullptr && process.name() == name)
                return process.kill();
        return fail(Status::not_found);
    }

private:
    ProcessTable& processes_;
};

}  // namespace init
