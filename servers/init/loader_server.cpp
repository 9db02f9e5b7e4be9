#include "servers/init/loader_server.hpp"
#include "lib/program/process_builder.hpp"
#include "servers/init/books.hpp"
#include "servers/init/starter.hpp"

namespace init {

static std::string_view last_part(std::string_view path)
{
    return path.substr(path.find_last_of('/') + 1);
}

Result<Child> LoaderServer::start(File file, std::string_view name,
                                  codec::List<std::string_view> arguments, ::Process payer,
                                  std::uint64_t quota)
{
    if (!file || !payer)  // without a payer, init would pay
        return fail(Status::bad_argument);
    auto const& entry = client_->entry();
    auto builder =
        TRY(program::ProcessBuilder::create(last_part(name), {.payer = payer.value(),
                                                              .quota_bytes = quota,
                                                              .handle_slots = entry.handles,
                                                              .priority_ceiling = entry.priority}));
    TRY(builder.grant_itself());
    TRY(builder.load_from_file(file.value()));
    TRY(builder.add_argument(name));
    for (std::string_view const argument : arguments)
        TRY(builder.add_argument(argument));
    TRY(starter_->grant_uses(builder, entry.children, *client_));

    ProcessDescription const description{last_part(name), client_->number(), quota};
    Process& process = *TRY(starter_->start(std::move(builder), description));
    auto endpoint = starter_->endpoint(process);
    process.set_held();
    if (!endpoint) {
        process.closed();
        return fail(endpoint.error());
    }
    return Child{*std::move(endpoint)};
}

Result<Books> LoaderServer::books(std::uint32_t index)
{
    return books_row(starter_->processes(), starter_->root(), index);
}

Result<MachineMemory> LoaderServer::memory()
{
    auto const info = TRY(sys::kernel_info(starter_->root()));
    return MachineMemory{
        .total = info.total_bytes, .free = info.free_bytes, .kernel = info.kernel_bytes};
}

Result<Visit> LoaderServer::visit(std::uint32_t id, std::uint32_t place)
{
    return visit_of(starter_->processes(), id, place);
}

}  // namespace init
