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

    // Answers one call; the last thing it does is `reply`, so it never returns. (It is not declared
    // so, because compilers take what does not return for rare.) The arguments are the registers of
    // a call where a worker finds them: a short message is never stored and loaded again.
    virtual void dispatch(std::uint64_t header, std::uint64_t label, std::uint64_t word0,
                          std::uint64_t word1, std::uint64_t word2, std::uint64_t word3) = 0;

    // The last client is gone and no call is left. An object that was made for its clients ends
    // itself here.
    virtual void closed() {}

protected:
    ~Server() = default;  // whoever made it knows its type
};

}  // namespace sys
