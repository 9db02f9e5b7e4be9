// The service "loader" as one program of the manifest sees it.
#pragma once
#include "generated/interfaces/loader.hpp"

namespace init {

class Starter;
class SystemProgram;

class LoaderServer final : public Loader::Server {
public:
    void assign(SystemProgram& client, Starter& starter)
    {
        client_ = &client;
        starter_ = &starter;
    }

    Result<Child> start(File file, std::string_view name, codec::List<std::string_view> arguments,
                        ::Process payer, std::uint64_t quota) override;
    Result<Books> books(std::uint32_t index) override;
    Result<MachineMemory> memory() override;
    Result<Visit> visit(std::uint32_t id, std::uint32_t place) override;

private:
    SystemProgram* client_ = nullptr;
    Starter* starter_ = nullptr;
};

}  // namespace init
