// BlockServer: what passes between it and the device.
#include "lib/sys/log.hpp"
#include "servers/drivers/virtio-blk/block_server.hpp"

// Acknowledge first, collect second, complete third: what the device finishes after it was
// acknowledged raises its line again, and what it raises before the completion is not lost either.
void BlockServer::notified(std::uint64_t)
{
    disk_->acknowledge_interrupt();
    take_results();
    (void)device_->complete_interrupt();  // fails only for a handle that is none
    if (disk_->has_failed())
        restart_device();
    start_requests();
}

void BlockServer::take_results()
{
    while (auto result = disk_->take_result())
        finish(requests_[result->tag], result->status);
}

void BlockServer::start_requests()
{
    bool started = false;
    while (Request* request = waiting_.front()) {
        if (!disk_->has_room(request->segments.view().size()))
            break;
        waiting_.take_front();
        auto submitted = disk_->submit({request->type, request->sector, request->segments.view()},
                                       tag_of(*request));
        if (!submitted) {
            finish(*request, submitted.error());
            continue;
        }
        request->in_device = true;
        started = true;
    }
    if (started)
        disk_->notify();
}

// Answers the call and makes its place free. The request is in no list.
void BlockServer::finish(Request& request, Status status)
{
    request.in_device = false;
    if (request.buffer != nullptr)
        --request.buffer->transfers;
    request.reply.send(to_result(status));
    free_.push_back(request);
}

// Fails all that the device has and starts it again. If that does not work, calls that wait or come
// are answered with io_error.
void BlockServer::restart_device()
{
    sys::log("the disk does not follow the rules; it is reset");
    auto started = disk_->start();
    for (Request& request : requests_)
        if (request.in_device)
            finish(request, Status::io_error);
    if (started)
        return;
    sys::log("the disk cannot be started again: ", to_string(started.error()));
    while (Request* request = waiting_.take_front())
        finish(*request, Status::io_error);
}

std::uint32_t BlockServer::tag_of(Request const& request) const
{
    return static_cast<std::uint32_t>(&request - requests_.data());
}
