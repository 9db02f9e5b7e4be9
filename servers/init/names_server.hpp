// The service "names".
#pragma once
#include "generated/interfaces/init.hpp"
#include "servers/init/process_table.hpp"

namespace init {

class NamesServer final : public ProcessNames::Server {
public:
    explicit NamesServer(ProcessTable const& processes) : processes_{processes} {}

    Result<std::string_view> name(std::uint64_t number) override
    {
        Process const* const process = processes_.find(number);
        if (process == nullptr)
            return fail(Status::not_found);
        return process->name();
    }

private:
    ProcessTable const& processes_;
};

}  // namespace init
