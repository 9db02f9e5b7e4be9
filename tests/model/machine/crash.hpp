// What led to a crash of the kernel, where no sanitizer says it.
#pragma once
#include <string>

namespace model {

// When the program is ended by a bad access, `tell()` says first what it was doing.
void tell_on_crash(std::string (*tell)());

}  // namespace model
