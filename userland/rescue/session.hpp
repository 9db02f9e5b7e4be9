// What the commands of one shell share.
#pragma once
#include "generated/interfaces/file.hpp"
#include "generated/interfaces/init.hpp"
#include "generated/interfaces/loader.hpp"
#include "generated/interfaces/posix.hpp"
#include "generated/interfaces/volumes.hpp"
#include "lib/sys/memory.hpp"
#include "lib/sys/notification.hpp"
#include "userland/rescue/jobs.hpp"
#include "userland/rescue/terminal.hpp"

namespace rescue {

// The exit status of a command: 0 is success.
using ExitStatus = int;

struct Session {
    Terminal& terminal;
    Directory root;   // of no value: there is no disk
    Volumes volumes;  // of no value: nobody is asked before the machine is switched off
    Loader loader;
    Power power;
    Programs programs;         // of no value: those of the system are none of this shell's business
    PosixSystem processes;     // of no value: there are no POSIX processes
    sys::Notification events;  // that a running program has ended, or that ^C was typed
    std::span<std::byte> buffer;  // for whoever copies data; not kept between commands
    Jobs jobs{};
    ExitStatus last_status = 0;
    bool leaving = false;
    bool interrupted = false;  // ^C ended a program of the line

    // "cat: /no/such: no entry of that name", on the terminal. The result is the status 1.
    ExitStatus complain(std::string_view command, std::string_view subject,
                        std::string_view reason) const;
    ExitStatus complain(std::string_view command, std::string_view subject, Status status) const;
};

}  // namespace rescue
