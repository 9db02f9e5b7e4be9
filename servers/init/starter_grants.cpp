// What a new process is given.
#include "generated/interfaces/devmgr.hpp"
#include "lib/sys/log.hpp"
#include "servers/init/starter.hpp"

namespace init {

static Result<sys::Rights> rights_of_root(std::string_view name)
{
    if (name == "devices")
        return sys::rights(abi::Right::device, abi::Right::duplicate);
    if (name == "power")
        return sys::rights(abi::Right::power, abi::Right::duplicate);
    if (name == "log")
        return sys::rights(abi::Right::log, abi::Right::duplicate);
    return fail(Status::not_granted);
}

Result<> Starter::grant_roots(program::ProcessBuilder& builder, Program::View const& entry) const
{
    for (std::string_view const name : entry.roots) {
        if (name == "deviceTree") {
            TRY(builder.grant(name, rights_.device_tree, sys::rights(abi::Right::read)));
            continue;
        }
        if (name == "archive") {
            constexpr auto rights =
                sys::rights(abi::Right::read, abi::Right::execute, abi::Right::duplicate);
            TRY(builder.grant(name, archive_.memory(), rights));
            continue;
        }
        sys::Rights const rights = TRY(rights_of_root(name));
        TRY(builder.grant(name, rights_.root, rights));
    }
    return {};
}

Result<> Starter::grant_device(program::ProcessBuilder& builder, Program::View const& entry) const
{
    if (entry.device.empty())
        return {};
    DeviceManager manager{TRY(sys::duplicate(find(device_manager, devices_service)))};
    auto const device = TRY(manager.claim(entry.device, 0));
    TRY(builder.grant("registers", device.registers.value()));
    if (device.interrupt) {
        TRY(builder.grant("interrupt", device.interrupt.value()));
        TRY(builder.grant("notification", device.notification.value()));
    }
    if (device.dma) {
        TRY(builder.grant("dma", device.dma.value()));
        TRY(builder.grant("memory", device.memory.value()));
    }
    return builder.add_argument(device.parameters);
}

Result<> Starter::grant_uses(program::ProcessBuilder& builder, codec::List<Program::Use::View> uses,
                             SystemProgram& client)
{
    for (Program::Use::View const use : uses) {
        if (use.from == "init") {
            auto const own = TRY(own_endpoint(use.service, client));
            TRY(builder.grant(use.name, own.value(), client_rights));
            continue;
        }
        sys::HandleValue const endpoint = find(use.from, use.service);
        if (endpoint != 0)
            TRY(builder.grant(use.name, endpoint, client_rights));
    }
    return {};
}

Result<sys::Handle> Starter::own_endpoint(std::string_view service, SystemProgram& client)
{
    if (service == "loader")
        return endpoint(client.loader());
    if (service == "power")
        return endpoint(power_);
    if (service == "programs")
        return endpoint(programs_server_);
    if (service == "names")
        return endpoint(names_);
    return fail(Status::not_granted);
}

}  // namespace init
