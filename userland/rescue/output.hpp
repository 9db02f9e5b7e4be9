// Where a command's text goes: the terminal, or a file.
#pragma once
#include "lib/base/result.hpp"
#include "lib/sys/line.hpp"
#include <span>
#include <string_view>

namespace rescue {

class Output {
public:
    virtual Result<> write(std::string_view text) = 0;

    // Writes what is still held back.
    virtual Result<> finish() = 0;

    template <class... Pieces>
    Result<> print(Pieces const&... pieces)
    {
        return write(sys::Line{pieces...}.view());
    }

protected:
    ~Output() = default;
};

}  // namespace rescue
