// Server: what answers the calls to an endpoint. Generated classes (`File::Server`) derive from it
// and add one function for each method.
#pragma once
#include "lib/sys/call.hpp"

namespace sys {

class Server {
public:
    Server() = default;
    Server(Server const&) = delete;
    Server& operator=(Server const&) = delete;

    // Answers the call in `message` by what it leaves there. A status other than ok goes with an
    // empty message.
    virtual Status dispatch(Registers& message) = 0;

    // The last client is gone and no call is left. An object that was made for its clients ends
    // itself here.
    virtual void closed() {}

protected:
    ~Server() = default;  // whoever made it knows its type
};

}  // namespace sys
