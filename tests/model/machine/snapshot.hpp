// A copy of everything that a step may change. Between steps nothing is on any kernel stack, so
// memory, the kernel's one object, and the harts are all there is.
#pragma once
#include "tests/model/machine/machine.hpp"
#include "tests/model/machine/memory.hpp"
#include <memory>

namespace model {

class Snapshot {
public:
    Snapshot();
    void take();
    void restore() const;

private:
    struct Content;
    std::shared_ptr<Content> content_;
};

}  // namespace model
