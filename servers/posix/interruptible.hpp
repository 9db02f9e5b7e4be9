// What has calls waiting in it that a signal ends. None of those has had any effect yet, so ending
// one loses nothing.
#pragma once
#include "lib/base/intrusive_list.hpp"
#include "servers/posix/types.hpp"

namespace posix {

class Interruptible {
public:
    Interruptible(Interruptible const&) = delete;
    Interruptible& operator=(Interruptible const&) = delete;

    // Answers the calls that `waiter` waits for with `interrupted`.
    virtual void interrupt(ProcessNumber waiter) = 0;

protected:
    Interruptible() = default;
    ~Interruptible() = default;

private:
    friend class Interruptibles;

    ListLink<Interruptible> link_;
};

class Interruptibles {
public:
    void add(Interruptible& item) { list_.push_back(item); }
    void remove(Interruptible& item) { list_.remove(item); }

    void interrupt(ProcessNumber waiter)
    {
        for (Interruptible* item = list_.front(); item != nullptr; item = list_.next(*item))
            item->interrupt(waiter);
    }

private:
    IntrusiveList<Interruptible, &Interruptible::link_> list_;
};

}  // namespace posix
