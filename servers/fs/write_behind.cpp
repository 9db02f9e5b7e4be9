#include "servers/fs/write_behind.hpp"
#include "lib/sys/clock.hpp"
#include "lib/sys/log.hpp"
#include "servers/fs/mapping/mapped_files.hpp"

Result<WriteBehind> WriteBehind::create(ext4::Volume& volume, MappedFiles& mapped)
{
    return WriteBehind{volume, mapped, TRY(sys::Notification::create())};
}

void WriteBehind::plan()
{
    if (!is_pressed_ && volume_->blocks().cache().wants_write_back())
        is_pressed_ = notification_.signal(pressure_bit).has_value();
    if (!is_timed_)
        is_timed_ =
            notification_.arm(timer_bit, sys::after_milliseconds(delay_milliseconds)).has_value();
}

Result<> WriteBehind::write_all()
{
    TRY(mapped_->settle());
    return volume_->sync();
}

void WriteBehind::notified(std::uint64_t bits)
{
    if ((bits & timer_bit) != 0)
        is_timed_ = false;
    if ((bits & pressure_bit) != 0)
        is_pressed_ = false;
    Result<> const written =
        (bits & timer_bit) != 0 ? write_all() : volume_->blocks().cache().write_back();
    if (!written && !has_complained_)
        sys::log("changes cannot be written to the disk: ", to_string(written.error()));
    has_complained_ = !written;
}
