#include "tests/unit/codec/loopback.hpp"
#include "lib/sys/log.hpp"
#include "lib/sys/touch.hpp"
#include <algorithm>
#include <cstring>
#include <stdexcept>

namespace {

Loopback* current = nullptr;

struct Replied {
    Captured message;
};

// What is left of a message is of no use to anybody.
void scramble(abi::MessageBuffer& buffer)
{
    std::memset(static_cast<void*>(&buffer), 0xa5, sizeof(buffer));
}

}  // namespace

// Whether pages can be had is up to the test.
extern "C" bool sys_read_nothing(std::uint64_t) { return !current->memory_is_lost; }
extern "C" bool sys_write_nothing(std::uint64_t) { return !current->memory_is_lost; }

Loopback::Loopback()
{
    scramble(own_buffer_);
    current = this;
}

Loopback::~Loopback() { current = nullptr; }

abi::HandleValue Loopback::add(sys::Server* server)
{
    objects_[++next_handle_] = server;
    return next_handle_;
}

void Loopback::close(abi::HandleValue handle)
{
    if (objects_.erase(handle) == 0)
        ++stale_closes;
}

Captured Loopback::take_message(Status status, sys::Registers const& message)
{
    abi::MessageHeader header{message.header};
    Captured result{status, message, {}, {}, {}};
    result.words.assign(buffer_->words, buffer_->words + header.word_count());
    result.handles.assign(buffer_->handles, buffer_->handles + header.handle_count());
    result.leases.assign(buffer_->leases, buffer_->leases + header.lease_count());
    for (auto& transfer : result.handles) {
        auto found = objects_.find(transfer.handle);
        if (found == objects_.end())
            throw std::logic_error("a message names a handle that is not there");
        auto copy = add(found->second);
        if (transfer.move != 0)
            objects_.erase(transfer.handle);
        transfer.handle = copy;
    }
    scramble(*buffer_);
    return result;
}

void Loopback::deliver(Captured const& message, sys::Registers& registers)
{
    scramble(*buffer_);
    registers = message.registers;
    std::ranges::copy(message.words, buffer_->words);
    std::ranges::copy(message.handles, buffer_->handles);
    std::ranges::copy(message.leases, buffer_->leases);
}

Status Loopback::run_call(abi::HandleValue endpoint, sys::Registers& message)
{
    ++call_count;
    auto target = objects_.find(endpoint);
    if (target == objects_.end() || target->second == nullptr) {
        message = {};
        return Status::bad_handle;
    }
    auto& server = *target->second;
    auto* callers_buffer = buffer_;
    auto sent = take_message(Status::ok, message);
    if (tamper_call)
        tamper_call(sent);
    auto accepted = abi::MessageHeader{message.header}.accepted_handles();
    Frame frame{sent.leases, 0, {}};
    frames_.push_back(&frame);

    abi::MessageBuffer workers_buffer;
    buffer_ = &workers_buffer;
    sys::Registers arrived;
    deliver(sent, arrived);
    try {
        server.dispatch(arrived.header, arrived.label, arrived.words[0], arrived.words[1],
                        arrived.words[2], arrived.words[3]);
    } catch (Replied& replied) {
        if (frame.record == 0)
            frame.answer = replied.message;
    }
    if (!frame.answer && while_waiting)
        while_waiting();
    frames_.pop_back();
    buffer_ = callers_buffer;
    call = sent;  // not those that the server made meanwhile
    reply = frame.answer.value();
    if (tamper_reply)
        tamper_reply(reply);
    if (reply.handles.size() > accepted) {
        refuse(reply);
        message = {};
        return Status::bad_message;
    }
    deliver(reply, message);
    return reply.status;
}

// Nothing of it arrives.
void Loopback::refuse(Captured& message)
{
    for (auto const& transfer : message.handles)
        close(transfer.handle);
}

Loopback::Frame* Loopback::frame_of(std::uint64_t record)
{
    for (auto* frame : frames_)
        if (record != 0 ? frame->record == record : frame == frames_.back())
            return frame;
    return nullptr;
}

sys::EcallResult Loopback::access_lease(Frame& frame, bool write, std::uint64_t index,
                                        std::uint64_t offset, std::uint64_t address,
                                        std::uint64_t length)
{
    if (index >= frame.leases.size() || offset > frame.leases[index].length_bytes ||
        length > frame.leases[index].length_bytes - offset)
        return {Status::out_of_range};
    if (missing_pages > 0) {
        --missing_pages;
        return {Status::lease_fault};
    }
    auto* lent = reinterpret_cast<void*>(frame.leases[index].address + offset);
    auto* ours = reinterpret_cast<void*>(address);
    std::memcpy(write ? lent : ours, write ? ours : lent, length);
    return {Status::ok, length};
}

sys::EcallResult Loopback::run(abi::Syscall number, std::uint64_t a0, std::uint64_t a1,
                               std::uint64_t a2, std::uint64_t a3, std::uint64_t a4)
{
    switch (number) {
    case abi::Syscall::detach:
        frames_.back()->record = add(nullptr);
        return {Status::ok, frames_.back()->record};
    case abi::Syscall::lease_read:
    case abi::Syscall::lease_write:
        if (auto* frame = frame_of(a0))
            return access_lease(*frame, number == abi::Syscall::lease_write, a1, a2, a3, a4);
        return {Status::bad_handle};
    default:
        return {Status::not_supported};
    }
}

sys::EcallResult Loopback::complete(std::uint64_t record, Status status,
                                    sys::Registers const& message)
{
    auto answer = take_message(status, message);
    auto* frame = frame_of(record);
    if (record == 0 || frame == nullptr)
        return {Status::bad_handle};
    frame->answer = answer;
    close(frame->record);
    return {};
}

// What the code under test calls.
namespace sys {

abi::MessageBuffer& message_buffer() { return current->buffer(); }
void close_handle(HandleValue handle) { current->close(handle); }
Status after_reconnecting(Handle const& endpoint, HandleValue used, Status failure)
{
    if (failure != Status::peer_died || current->successor == 0)
        return failure;
    current->close(used);
    endpoint.replace(std::exchange(current->successor, 0));
    return Status::restarted;
}
void log_line(std::string_view text) { current->log.emplace_back(text); }
Status call(HandleValue endpoint, Registers& message)
{
    return current->run_call(endpoint, message);
}

EcallResult ecall(abi::Syscall number, std::uint64_t a0, std::uint64_t a1, std::uint64_t a2,
                  std::uint64_t a3, std::uint64_t a4, std::uint64_t a5, std::uint64_t a6)
{
    if (number == abi::Syscall::complete)
        return current->complete(a0, static_cast<Status>(a2), {a1, 0, {a3, a4, a5, a6}});
    return current->run(number, a0, a1, a2, a3, a4);
}

void reply(Status status, Registers const& message)
{
    throw Replied{current->take_message(status, message)};
}

}  // namespace sys
