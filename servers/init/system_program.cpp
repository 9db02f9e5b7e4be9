#include "servers/init/system_program.hpp"
#include "lib/sys/log.hpp"
#include "servers/init/starter.hpp"

namespace init {

bool SystemProgram::may_serve(std::string_view server, std::string_view service) const
{
    if (!server.empty() && server != name())
        return false;
    for (std::string_view const served : entry_.serves)
        if (served == service)
            return true;
    return false;
}

bool SystemProgram::is_complete(Services const& services) const
{
    for (std::string_view const service : entry_.serves)
        if (services.find(name(), service) == 0)
            return false;
    return true;
}

// The service's name is kept as the manifest spells it: the message's is gone with the call.
Result<> SystemProgram::publish(std::string_view service, Endpoint endpoint)
{
    if (!endpoint)
        return fail(Status::bad_argument);
    for (std::string_view const served : entry_.serves)
        if (served == service)
            return starter_->publish(*this, served, std::move(endpoint));
    sys::log(name(), " publishes \"", service, "\", which its manifest entry does not serve");
    return fail(Status::not_granted);
}

Result<Endpoint> SystemProgram::find(std::string_view use)
{
    for (Program::Use::View const used : entry_.uses)
        if (used.name == use)
            return starter_->find_again(used);
    return fail(Status::not_granted);
}

}  // namespace init
