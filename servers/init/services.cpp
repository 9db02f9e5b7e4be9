#include "servers/init/services.hpp"

namespace init {

Result<> Services::add(std::string_view program, std::string_view service, sys::Handle endpoint)
{
    if (find(program, service) != 0)
        return fail(Status::already_exists);
    for (Service& entry : services_) {
        if (entry.endpoint)
            continue;
        entry = {program, service, std::move(endpoint)};
        return {};
    }
    return fail(Status::no_memory);
}

void Services::remove(std::string_view program)
{
    for (Service& entry : services_)
        if (entry.program == program)
            entry = {};
}

sys::HandleValue Services::find(std::string_view program, std::string_view service) const
{
    for (Service const& entry : services_)
        if (entry.endpoint && entry.program == program && entry.name == service)
            return entry.endpoint.value();
    return 0;
}

}  // namespace init
