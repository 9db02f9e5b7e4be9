// A kernel of one thread for the tests of stubs: a call runs the server at once, on a message
// buffer of its own, and whatever a message carries is copied as the kernel copies it.
#pragma once
#include "lib/sys/server.hpp"
#include "lib/sys/syscalls.hpp"
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

// One direction of a message, as it left the sender.
struct Captured {
    Status status{};
    sys::Registers registers;
    std::vector<std::uint64_t> words;
    std::vector<abi::HandleTransfer> handles;
    std::vector<abi::Lease> leases;
};

class Loopback {
public:
    Loopback();
    ~Loopback();

    sys::Handle endpoint(sys::Server& server) { return sys::Handle{add(&server)}; }
    sys::Handle object() { return sys::Handle{add(nullptr)}; }
    std::size_t live_handles() const { return objects_.size(); }

    // What the last call was and how it was answered.
    Captured call, reply;
    std::size_t call_count = 0;
    std::vector<std::string> log;
    std::size_t stale_closes = 0;  // of handles that were not there any more
    // Change a message on its way; handles that they name become real ones.
    std::function<void(Captured&)> tamper_call, tamper_reply;
    // Runs when a worker has returned from a call that it took the reply of.
    std::function<void()> while_waiting;
    // Where the service of a server that died is served again; 0: nowhere.
    abi::HandleValue successor = 0;
    // So many accesses to leases fail because a page is missing.
    unsigned missing_pages = 0;
    bool memory_is_lost = false;  // whoever touches a missing page finds none

    // The system calls.
    Status run_call(abi::HandleValue endpoint, sys::Registers& message);
    sys::EcallResult run(abi::Syscall number, std::uint64_t a0, std::uint64_t a1, std::uint64_t a2,
                         std::uint64_t a3, std::uint64_t a4);
    sys::EcallResult complete(std::uint64_t record, Status status, sys::Registers const& message);
    Captured take_message(Status status, sys::Registers const& message);
    void close(abi::HandleValue handle);
    abi::MessageBuffer& buffer() { return *buffer_; }

private:
    struct Frame {
        std::vector<abi::Lease> leases;
        abi::HandleValue record = 0;
        std::optional<Captured> answer;
    };

    abi::HandleValue add(sys::Server* server);
    void refuse(Captured& message);
    void deliver(Captured const& message, sys::Registers& registers);
    sys::EcallResult access_lease(Frame& frame, bool write, std::uint64_t index,
                                  std::uint64_t offset, std::uint64_t address,
                                  std::uint64_t length);
    Frame* frame_of(std::uint64_t record);

    std::map<abi::HandleValue, sys::Server*> objects_;
    abi::HandleValue next_handle_ = 100;
    abi::MessageBuffer own_buffer_;
    abi::MessageBuffer* buffer_ = &own_buffer_;
    std::vector<Frame*> frames_;
};
