// BlockServer: serves a Disk as a BlockDevice.
//
//   call       -> checked -> waiting -> in the device -> interrupt -> answered
//
// One worker takes calls and interrupts one at a time, so nothing here is locked, and the only
// place where the driver sleeps is the worker's wait for the next of either.
#pragma once
#include "generated/interfaces/block.hpp"
#include "lib/base/intrusive_list.hpp"
#include "lib/driver/device.hpp"
#include "lib/sys/notification_handler.hpp"
#include "servers/drivers/virtio-blk/attached_buffer.hpp"
#include "servers/drivers/virtio-blk/segment_list.hpp"

class BlockServer final : public BlockDevice::Server, public sys::NotificationHandler {
public:
    // The disk was started.
    BlockServer(driver::Device const& device, driver::Dma const& dma, Disk& disk);

    Result<Geometry> geometry() override;
    Result<> attach(Memory memory) override;
    Result<> read(TransferView const& transfer) override;
    Result<> write(TransferView const& transfer) override;
    Result<> flush() override;

    void notified(std::uint64_t bits) override;

private:
    // None of the three methods that are answered later has results, so one type of reply does.
    using EmptyReply = sys::Reply<BlockDevice::FlushCall>;

    // A client's call on its way. Its place in requests_ is its tag.
    struct Request {
        EmptyReply reply{sys::Handle{}};  // without a call while it is free
        layout::RequestType type{};
        std::uint64_t sector{};
        SegmentList segments;
        AttachedBuffer* buffer = nullptr;
        bool in_device = false;
        ListLink<Request> link;
    };
    using RequestList = IntrusiveList<Request, &Request::link>;

    Result<> transfer(layout::RequestType type, TransferView const& transfer);
    Result<std::uint64_t> first_sector(TransferView const& transfer) const;
    AttachedBuffer* current_buffer();
    Result<> collect(codec::List<std::uint32_t> const& pages, Request& request);
    Result<> accept(Request& request);

    void start_requests();
    void take_results();
    void finish(Request& request, Status status);
    void restart_device();
    std::uint32_t tag_of(Request const& request) const;

    driver::Device const* device_;
    driver::Dma const* dma_;
    Disk* disk_;

    std::array<Request, Disk::max_requests> requests_;
    RequestList free_;
    RequestList waiting_;  // in the order of their calls

    // A new buffer takes the place of one that has no transfers left.
    std::array<std::optional<AttachedBuffer>, 2> buffers_;
    std::size_t current_ = 0;
};
