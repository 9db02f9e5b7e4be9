// An open file as what it may be besides, a terminal for example: by a handle that stays the
// file's.
#pragma once
#include "lib/sys/handle.hpp"

namespace posix {

// `Interface` is the generated client. A file that is something else fails with bad_method.
template <class Interface>
class Borrowed {
public:
    explicit Borrowed(sys::HandleValue handle) : client_{sys::Handle{handle}} {}
    ~Borrowed() { (void)client_.release(); }
    Borrowed(Borrowed const&) = delete;
    Borrowed& operator=(Borrowed const&) = delete;

    Interface const* operator->() const { return &client_; }

private:
    Interface client_;
};

}  // namespace posix
