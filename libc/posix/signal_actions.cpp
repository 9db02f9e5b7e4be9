#include "libc/posix/signal_actions.hpp"

namespace posix {
namespace {

constexpr std::uint64_t by_default = 0;  // SIG_DFL
constexpr std::uint64_t ignoring = 1;    // SIG_IGN
constinit SignalActions actions;

}  // namespace

SignalActions& signal_actions() { return actions; }

Disposition SignalActions::disposition(int signal) const
{
    std::uint64_t const handler = of(signal).handler;
    if (handler == ignoring)
        return Disposition::ignore;
    if (handler != by_default)
        return Disposition::handle;
    if ((ignored_by_default & set_of(signal)) != 0)
        return Disposition::ignore;
    return (stopping_by_default & set_of(signal)) != 0 ? Disposition::stop : Disposition::terminate;
}

SignalSet SignalActions::ignored() const
{
    SignalSet result = 0;
    for (int signal = 1; signal < _NSIG; ++signal)
        if (disposition(signal) == Disposition::ignore)
            result |= set_of(signal);
    return result;
}

void SignalActions::ignore(SignalSet signals)
{
    for (int signal = 1; signal < _NSIG; ++signal)
        if ((signals & set_of(signal)) != 0)
            actions_[index(signal)].handler = ignoring;
}

}  // namespace posix
