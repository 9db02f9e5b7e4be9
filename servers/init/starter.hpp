// Starts what the system manifest lists, each program once everything that it uses is there, and
// follows what becomes of it. Runs on init's one worker, so nothing here is concurrent.
#pragma once
#include "lib/program/archive.hpp"
#include "lib/program/process_builder.hpp"
#include "lib/sys/pool.hpp"
#include "servers/init/names_server.hpp"
#include "servers/init/power_server.hpp"
#include "servers/init/process_table.hpp"
#include "servers/init/programs_server.hpp"
#include "servers/init/system_program.hpp"
#include "servers/init/waiting_clients.hpp"

namespace init {

// Who hands out devices, by the names in the manifest.
inline constexpr std::string_view device_manager = "devmgr";
inline constexpr std::string_view devices_service = "devices";

// What clients may do with an endpoint.
inline constexpr sys::Rights client_rights = sys::rights(abi::Right::call, abi::Right::duplicate);

// Init's own rights, from the kernel; kept for ever.
struct Rights {
    sys::HandleValue root{};
    sys::HandleValue device_tree{};
};

class Starter final : public sys::NotificationHandler {
public:
    static constexpr std::size_t max_programs = 32;

    Starter(Rights rights, program::Archive const& archive) : rights_{rights}, archive_{archive} {}
    Starter(Starter const&) = delete;
    Starter& operator=(Starter const&) = delete;

    // Takes over: from now on init's worker starts the programs of the manifest, which outlives
    // this object. Errors: corrupt - too many programs
    Result<> begin(System::View const& system);

    // What was signalled: a process has ended, or there is something to start.
    void notified(std::uint64_t bits) override;

    // For the services of init.

    Result<> publish(SystemProgram const& program, std::string_view service, sys::Handle endpoint);

    // What is used, or later when it is there. Errors: not_found - it will not be; busy
    Result<Endpoint> find_again(Program::Use::View const& use);

    // Grants what a manifest entry lists under `uses` or `children` and what is there: a program is
    // not started before what it cannot do without. `client` is whose entry that is.
    // Errors: not_granted - init serves nothing of that name
    Result<> grant_uses(program::ProcessBuilder& builder, codec::List<Program::Use::View> uses,
                        SystemProgram& client);

    Result<Process*> start(program::ProcessBuilder builder, ProcessDescription const& description);
    Result<sys::Handle> endpoint(sys::Server& server) const { return pool_.endpoint(server); }

    ProcessTable& processes() { return processes_; }
    sys::HandleValue root() const { return rights_.root; }

private:
    enum class Readiness : std::uint8_t { ready, waiting, impossible };  // from good to bad

    void collect_ended();
    void program_ended(SystemProgram& program, abi::ProcessInfo const& info);
    void restart_later(SystemProgram& program);
    void arm_restart() const;
    bool start_next();
    void start_or_report(SystemProgram& program);
    static bool may_get_memory(SystemProgram& program);
    Readiness readiness(SystemProgram const& program) const;
    Readiness readiness(std::string_view server, std::string_view service) const;
    sys::HandleValue find(std::string_view server, std::string_view service) const;
    Result<Endpoint> find_now(Program::Use::View const& use) const;
    void answer_waiting_clients();
    void report_missing(Program::View const& entry) const;
    void report_waiting() const;

    Result<> start(SystemProgram& program);
    std::uint64_t quota_of(Program::View const& entry) const;
    Result<> grant_roots(program::ProcessBuilder& builder, Program::View const& entry) const;
    Result<> grant_device(program::ProcessBuilder& builder, Program::View const& entry) const;
    Result<sys::Handle> own_endpoint(std::string_view service, SystemProgram& client);

    Rights rights_;
    program::Archive const& archive_;
    sys::Pool pool_;
    sys::Notification notification_;
    Services services_;
    ProcessTable processes_;
    PowerServer power_{rights_.root};
    ProgramsServer programs_server_{processes_};
    NamesServer names_{processes_};
    WaitingClients waiting_clients_;
    std::array<SystemProgram, max_programs> programs_;
    std::size_t program_count_ = 0;
    std::uint64_t spare_bytes_ = 0;  // that the manifest gives to no program of its own
    sys::Ticks now_ = 0;             // when the notification was taken that is being worked on
    bool patient_ = true;            // programs still wait for what they can do without
};

}  // namespace init
