// A program of the system manifest: its entry, whether it runs, and the services of init that it
// may call. Its address is the badge of those, so it stays where it is.
#pragma once
#include "generated/interfaces/init.hpp"
#include "generated/interfaces/system.hpp"
#include "lib/sys/clock.hpp"
#include "servers/init/loader_server.hpp"
#include "servers/init/services.hpp"

namespace init {

class Starter;

class SystemProgram final : public Init::Server {
public:
    enum class State : std::uint8_t {
        waiting,  // for what it uses
        running,
        failed,  // could not be started, or has ended: what it serves will not come
    };

    void assign(Program::View const& entry, Starter& starter)
    {
        entry_ = entry;
        starter_ = &starter;
        loader_.assign(*this, starter);
    }

    Program::View const& entry() const { return entry_; }
    std::string_view name() const { return entry_.name; }
    State state() const { return state_; }
    void set_state(State state) { state_ = state; }
    void set_running()
    {
        state_ = State::running;
        failed_starts_ = 0;
    }

    // Whether a client that asks `server` for `service` may get it from this program; without a
    // name of a server any does that serves it.
    bool may_serve(std::string_view server, std::string_view service) const;

    // Everything that its entry says it serves is published.
    bool is_complete(Services const& services) const;

    // Of its process.
    std::uint32_t number() const { return number_; }
    void set_number(std::uint32_t number) { number_ = number; }

    // How often it has been started again, and when it may be for the next time.
    std::uint32_t restart_count() const { return restart_count_; }
    sys::Ticks earliest_start() const { return earliest_start_; }
    void restart_at(sys::Ticks time)
    {
        state_ = State::waiting;
        earliest_start_ = time;
        ++restart_count_;
    }

    // Since it ran last; this one included.
    std::uint32_t count_failed_start() { return ++failed_starts_; }

    LoaderServer& loader() { return loader_; }

    // Init.
    Result<> publish(std::string_view service, Endpoint endpoint) override;
    Result<Endpoint> find(std::string_view use) override;

private:
    Program::View entry_;
    Starter* starter_ = nullptr;
    State state_ = State::waiting;
    std::uint32_t number_ = 0;
    std::uint32_t restart_count_ = 0;
    sys::Ticks earliest_start_ = 0;
    std::uint32_t failed_starts_ = 0;
    LoaderServer loader_;
};

}  // namespace init
