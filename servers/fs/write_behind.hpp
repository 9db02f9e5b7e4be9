// WriteBehind: writes changes to the disk a while after they were made, when no client waits for
// it. It runs on the pool's own slice. Nothing runs while there is nothing to write.
#pragma once
#include "lib/sys/notification.hpp"
#include "lib/sys/notification_handler.hpp"
#include "servers/fs/ext4/volume.hpp"

class MappedFiles;

class WriteBehind final : public sys::NotificationHandler {
public:
    static Result<WriteBehind> create(ext4::Volume& volume, MappedFiles& mapped);

    sys::Notification const& notification() const { return notification_; }

    // Called after each operation.
    void operation_done()
    {
        if (volume_->is_changed()) [[unlikely]]
            plan();
    }

    void notified(std::uint64_t bits) override;

private:
    static constexpr std::uint64_t timer_bit = 1;     // the delay is over
    static constexpr std::uint64_t pressure_bit = 2;  // much of the cache is dirty
    static constexpr std::uint64_t delay_milliseconds = 2000;

    WriteBehind(ext4::Volume& volume, MappedFiles& mapped, sys::Notification notification)
        : volume_{&volume}, mapped_{&mapped}, notification_{std::move(notification)}
    {
    }
    void plan();
    Result<> write_all();

    ext4::Volume* volume_;
    MappedFiles* mapped_;
    sys::Notification notification_;
    bool is_timed_ = false;
    bool is_pressed_ = false;
    bool has_complained_ = false;
};
