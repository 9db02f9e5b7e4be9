// donation-console COMMAND...: the console of a shell that nobody sees. It types each command,
// takes what the shell prints as fast as it comes, and logs how the time in the file server and in
// the disk's driver divided while the command ran. Then it powers the machine off.
//
// A real serial line moves some 200 KiB a second: 32 MiB would take minutes of waiting.
#include "generated/interfaces/console.hpp"
#include "lib/sys/environment.hpp"
#include "lib/sys/line.hpp"
#include "lib/sys/run.hpp"
#include "lib/sys/syscalls.hpp"
#include "tests/donation/splits.hpp"

namespace {

class TypingConsole final : public Console::Server {
public:
    TypingConsole(std::span<char const* const> commands, Loader loader, sys::Handle power)
        : commands_{commands}, loader_{std::move(loader)}, power_{std::move(power)}
    {
    }

    // The shell asks for a line: what it was told before is done.
    Result<std::uint32_t> read(sys::LeaseOut buffer) override
    {
        if (auto const written = finish_command(); !written)
            power_off(abi::PowerAction::fail);
        if (next_ == commands_.size())
            power_off(abi::PowerAction::off);
        printed_bytes_ = 0;
        before_ = TRY(Splits::now(loader_));
        sys::Line const line{commands_[next_++], "\r"};
        std::size_t const typed = TRY(buffer.write(0, std::as_bytes(std::span{line.view()})));
        return static_cast<std::uint32_t>(typed);
    }

    Result<std::uint32_t> write(sys::LeaseIn data) override
    {
        constexpr std::uint64_t most_bytes = 1 << 20;
        auto const taken = static_cast<std::uint32_t>(std::min(data.size(), most_bytes));
        printed_bytes_ += taken;
        return taken;
    }

    Result<> interrupt_on(Notification) override { return fail(Status::not_supported); }
    Result<> stop_reading() override { return {}; }

private:
    Result<> finish_command() const
    {
        if (next_ == 0)
            return {};
        Splits const after = TRY(Splits::now(loader_));
        std::string_view const command{commands_[next_ - 1]};
        sys::log("DONATION ", command.substr(0, command.find(' ')), " printed ", printed_bytes_);
        Splits::log(command.substr(0, command.find(' ')), before_, after);
        return {};
    }

    void power_off(abi::PowerAction action) const { (void)sys::power(power_.value(), action); }

    std::span<char const* const> commands_;
    Loader loader_;
    sys::Handle power_;
    std::size_t next_ = 0;
    std::uint64_t printed_bytes_ = 0;  // by the command that runs
    Splits before_;
};

Result<> serve_console(sys::Environment& environment)
{
    auto loader = TRY(environment.connect<Loader>("loader"));
    auto power = TRY(environment.take("power"));
    TypingConsole console{environment.arguments(), std::move(loader), std::move(power)};
    return environment.serve("console", console);
}

}  // namespace

int main(int argument_count, char** arguments)
{
    return sys::run(serve_console, argument_count, arguments);
}
