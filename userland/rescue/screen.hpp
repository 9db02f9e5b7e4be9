// Where the line editor shows what is typed.
#pragma once
#include <string_view>

namespace rescue {

class Screen {
public:
    virtual void show(std::string_view text) = 0;

protected:
    ~Screen() = default;
};

}  // namespace rescue
