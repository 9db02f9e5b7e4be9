// Wants what its manifest entry does not give it; the argument says what.
#include "generated/interfaces/init.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/pool.hpp"
#include "lib/sys/run.hpp"

namespace {

class Nothing final : public Power::Server {
public:
    Result<> off() override { return {}; }
    Result<> reboot() override { return {}; }
};

Result<> ask(sys::Environment& environment)
{
    TRY(environment.take("nothing"));
    return {};
}

Result<> claim(sys::Environment& environment)
{
    Nothing server;
    return environment.serve("everything", server);
}

Result<> jump()
{
    auto const nowhere = reinterpret_cast<void (*)()>(0x1000);
    nowhere();
    return {};
}

Result<> end(sys::Environment& environment)
{
    auto const power = TRY(environment.take("power"));
    auto const answer = environment.take("answer");
    sys::log(answer ? "the answer is there" : "the answer is not there");
    return sys::power(power.value(), abi::PowerAction::off);
}

Result<> behave(sys::Environment& environment)
{
    std::string_view const behaviour = environment.arguments().front();
    if (behaviour == "ask")
        return ask(environment);
    if (behaviour == "claim")
        return claim(environment);
    return behaviour == "jump" ? jump() : end(environment);
}

}  // namespace

int main(int argument_count, char** arguments)
{
    return sys::run(behave, argument_count, arguments);
}
