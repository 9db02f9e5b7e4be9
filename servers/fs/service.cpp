#include "servers/fs/service.hpp"
#include "lib/sys/log.hpp"

void Service::report_corruption()
{
    volume_.note_corruption();
    if (!has_reported_)
        sys::log("the volume contradicts itself; run e2fsck on it");
    has_reported_ = true;
}
