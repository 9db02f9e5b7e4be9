// What is to happen at a time, and when.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/intrusive_list.hpp"

namespace posix {

// Something that is due once, unless it is set again.
class Timed {
public:
    Timed(Timed const&) = delete;
    Timed& operator=(Timed const&) = delete;

    virtual void due(abi::Ticks now) = 0;
    abi::Ticks deadline() const { return deadline_; }  // never: it is not set

protected:
    Timed() = default;
    ~Timed() = default;

private:
    friend class Timers;

    ListLink<Timed> link_;
    abi::Ticks deadline_ = abi::never;
};

class Timers {
public:
    // `item` lives until it is due or set to `never`.
    void set(Timed& item, abi::Ticks deadline);
    void run_due(abi::Ticks now);
    abi::Ticks earliest() const;

private:
    Timed* find_due(abi::Ticks now) const;

    IntrusiveList<Timed, &Timed::link_> list_;
};

}  // namespace posix
