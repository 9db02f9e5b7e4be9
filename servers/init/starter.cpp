#include "servers/init/starter.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/log.hpp"
#include "servers/init/end_report.hpp"

namespace init {
namespace {

// Bits of init's notification.
constexpr std::uint64_t ended_bit = 1 << 0;
constexpr std::uint64_t published_bit = 1 << 1;
constexpr std::uint64_t late_bit = 1 << 2;
constexpr std::uint64_t restart_bit = 1 << 3;

// How long a program waits for what it can do without.
constexpr std::uint64_t patience_ms = 5000;

// Between the end of a program and its next start; doubles each time.
constexpr std::uint64_t shortest_pause_ms = 100;
constexpr std::uint32_t most_doublings = 8;

// How often in a row a program finds no memory when it is to be started again.
constexpr std::uint32_t most_failed_starts = 8;

// For what processes cost besides their quotas, and init itself.
constexpr std::uint64_t kept_bytes = 2 << 20;

constexpr std::uint64_t memory_of(Program::View const& entry)
{
    return std::uint64_t{entry.memory} * 1024;
}

Result<std::uint64_t> spare_bytes(System::View const& system)
{
    auto const own = TRY(sys::process_info(sys::own_process));
    std::uint64_t taken = own.used_bytes + kept_bytes;
    for (Program::View const entry : system.programs)
        taken += memory_of(entry);
    return own.quota_bytes - std::min(taken, own.quota_bytes);
}

}  // namespace

Result<> Starter::begin(System::View const& system)
{
    for (Program::View const entry : system.programs) {
        if (program_count_ == max_programs)
            return fail(Status::corrupt);
        programs_[program_count_++].assign(entry, *this);
    }
    spare_bytes_ = TRY(spare_bytes(system));
    notification_ = TRY(sys::Notification::create());
    pool_ = TRY(sys::Pool::create());
    TRY(pool_.bind(notification_, *this));
    TRY(pool_.add_workers(1));

    sys::log(program_count_, " programs in the manifest");
    TRY(notification_.arm(late_bit, sys::after_milliseconds(patience_ms)));
    return notification_.signal(published_bit);
}

void Starter::notified(std::uint64_t bits)
{
    now_ = sys::now();
    if ((bits & ended_bit) != 0)
        collect_ended();
    if ((bits & late_bit) != 0)
        patient_ = false;
    while (start_next()) {
    }
    answer_waiting_clients();
    if ((bits & late_bit) != 0)
        report_waiting();
    arm_restart();
}

void Starter::collect_ended()
{
    for (Process& process : processes_) {
        if (!process.is_running())
            continue;
        auto const info = sys::process_info(process.handle());
        if (!info || info->reason == abi::EndReason::running)
            continue;
        report_end(process.name(), *info);
        if (SystemProgram* const program = process.program())
            program_ended(*program, *info);
        process.end(*info);
    }
}

// Its clients see peer_died and closed handles; whoever waits for it waits in vain.
void Starter::program_ended(SystemProgram& program, abi::ProcessInfo const& info)
{
    if (info.reason != abi::EndReason::exception)
        sys::log(program.name(), " has ended with code ", info.exit_code);
    services_.remove(program.name());
    if (program.entry().restart)
        restart_later(program);
    else
        program.set_state(SystemProgram::State::failed);
}

void Starter::restart_later(SystemProgram& program)
{
    std::uint64_t const pause_ms = shortest_pause_ms
                                   << std::min(program.restart_count(), most_doublings);
    program.restart_at(sys::after_milliseconds(pause_ms));
    sys::log(program.name(), " is started again in ", pause_ms, " ms");
}

// Wakes init when the next program may be started again.
void Starter::arm_restart() const
{
    sys::Ticks next = abi::never;
    for (SystemProgram const& program : std::span{programs_}.first(program_count_))
        if (program.state() == SystemProgram::State::waiting && program.earliest_start() > now_)
            next = std::min(next, program.earliest_start());
    if (next != abi::never && !notification_.arm(restart_bit, next))
        sys::log("nothing can be started again: no timer");
}

// Starts one program, or gives one up; false if neither is possible now.
bool Starter::start_next()
{
    for (SystemProgram& program : std::span{programs_}.first(program_count_)) {
        if (program.state() != SystemProgram::State::waiting)
            continue;
        switch (readiness(program)) {
        case Readiness::waiting:
            continue;
        case Readiness::ready:
            start_or_report(program);
            return true;
        case Readiness::impossible:
            report_missing(program.entry());
            program.set_state(SystemProgram::State::failed);
            return true;
        }
    }
    return false;
}

// A driver whose device is not there is no mistake: one manifest does for many machines.
void Starter::start_or_report(SystemProgram& program)
{
    auto const started = start(program);
    if (started)
        return;
    std::string_view const device = program.entry().device;
    if (!device.empty() && started.error() == Status::not_found)
        sys::log(program.name(), " not started: no device \"", device, "\" in this machine");
    else
        sys::log(program.name(), " not started: ", to_string(started.error()));
    if (started.error() == Status::no_memory && may_get_memory(program))
        restart_later(program);
    else
        program.set_state(SystemProgram::State::failed);
}

// What it had before its end comes back in parts.
bool Starter::may_get_memory(SystemProgram& program)
{
    return program.restart_count() != 0 && program.count_failed_start() <= most_failed_starts;
}

Starter::Readiness Starter::readiness(SystemProgram const& program) const
{
    Program::View const& entry = program.entry();
    auto result = program.earliest_start() > now_ ? Readiness::waiting : Readiness::ready;
    if (!entry.device.empty())
        result = readiness(device_manager, devices_service);
    for (Program::Use::View const use : entry.uses) {
        auto const one = readiness(use.from, use.service);
        bool const given_up = use.optional && (one == Readiness::impossible || !patient_);
        if (!given_up)
            result = std::max(result, one);
    }
    return result;
}

Starter::Readiness Starter::readiness(std::string_view server, std::string_view service) const
{
    if (server == "init" || find(server, service) != 0)
        return Readiness::ready;
    for (SystemProgram const& program : std::span{programs_}.first(program_count_))
        if (program.may_serve(server, service) && program.state() != SystemProgram::State::failed)
            return Readiness::waiting;
    return Readiness::impossible;
}

// What `server` has published as `service`, any program's if it has no name; 0 if nobody has.
sys::HandleValue Starter::find(std::string_view server, std::string_view service) const
{
    for (SystemProgram const& program : std::span{programs_}.first(program_count_))
        if (program.may_serve(server, service))
            if (auto const endpoint = services_.find(program.name(), service); endpoint != 0)
                return endpoint;
    return 0;
}

void Starter::report_missing(Program::View const& entry) const
{
    std::string_view missing = "its device";
    for (Program::Use::View const use : entry.uses)
        if (!use.optional && readiness(use.from, use.service) == Readiness::impossible)
            missing = use.name;
    sys::log(entry.name, " not started: what serves it \"", missing, "\" is not there");
}

void Starter::report_waiting() const
{
    for (SystemProgram const& program : std::span{programs_}.first(program_count_))
        if (program.state() == SystemProgram::State::waiting)
            sys::log(program.name(), " still waits for what it uses");
}

Result<> Starter::publish(SystemProgram const& program, std::string_view service,
                          sys::Handle endpoint)
{
    TRY(services_.add(program.name(), service, std::move(endpoint)));
    return notification_.signal(published_bit);
}

// A call may come before the news that a server has ended.
Result<Endpoint> Starter::find_again(Program::Use::View const& use)
{
    collect_ended();
    auto found = find_now(use);
    if (found || found.error() != Status::busy)
        return found;
    TRY(waiting_clients_.add(use));
    return fail(sys::later);
}

// Errors: busy - not yet; not_found - it will not come
Result<Endpoint> Starter::find_now(Program::Use::View const& use) const
{
    sys::HandleValue const endpoint = find(use.from, use.service);
    if (endpoint != 0)
        return Endpoint{TRY(sys::duplicate(endpoint, client_rights))};
    bool const will_come = readiness(use.from, use.service) == Readiness::waiting;
    return fail(will_come ? Status::busy : Status::not_found);
}

void Starter::answer_waiting_clients()
{
    waiting_clients_.answer([this](Program::Use::View const& use) { return find_now(use); });
}

std::uint64_t Starter::quota_of(Program::View const& entry) const
{
    std::uint64_t const bytes = memory_of(entry) + spare_bytes_ / 100 * entry.share;
    return bytes / abi::page_size * abi::page_size;
}

Result<> Starter::start(SystemProgram& program)
{
    Program::View const& entry = program.entry();
    auto const file = TRY(archive_.find(entry.image));
    std::uint64_t const quota_bytes = quota_of(entry);
    auto builder =
        TRY(program::ProcessBuilder::create(entry.name, {.quota_bytes = quota_bytes,
                                                         .handle_slots = entry.handles,
                                                         .priority_ceiling = entry.priority}));
    TRY(builder.grant_itself());
    TRY(builder.load_from_archive(archive_, file));
    TRY(builder.add_argument(entry.name));
    for (std::string_view const argument : entry.arguments)
        TRY(builder.add_argument(argument));

    auto const own = TRY(endpoint(program));
    TRY(builder.grant("init", own.value(), client_rights));
    TRY(grant_roots(builder, entry));
    TRY(grant_device(builder, entry));
    TRY(grant_uses(builder, entry.uses, program));

    ProcessDescription const description{entry.name, ProcessTable::own_number, quota_bytes};
    Process* const process = TRY(start(std::move(builder), description));
    process->set_program(program);
    program.set_number(process->number());
    program.set_running();
    return {};
}

Result<Process*> Starter::start(program::ProcessBuilder builder,
                                ProcessDescription const& description)
{
    auto started = TRY(std::move(builder).start(archive_));
    return processes_.add(description, std::move(started.process), notification_, ended_bit);
}

}  // namespace init
