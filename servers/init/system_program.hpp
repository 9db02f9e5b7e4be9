// A program of the system manifest: its entry, whether it runs, and the services of init that it
// may call. Its address is the badge of those, so it stays where it is.
#pragma once
#include "generated/interfaces/init.hpp"
#include "generated/interfaces/system.hpp"
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

    // Everything that its entry says it serves is published.
    bool is_complete(Services const& services) const;

    // Of its process.
    std::uint32_t number() const { return number_; }
    void set_number(std::uint32_t number) { number_ = number; }

    LoaderServer& loader() { return loader_; }

    // Init.
    Result<> publish(std::string_view service, Endpoint endpoint) override;

private:
    Program::View entry_;
    Starter* starter_ = nullptr;
    State state_ = State::waiting;
    std::uint32_t number_ = 0;
    LoaderServer loader_;
};

}  // namespace init
