// Parameters: what devmgr says of a device beside its capabilities, as "name=value" separated by
// spaces. interfaces/devmgr.capnp lists the names.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

namespace driver {

class Parameters {
public:
    Parameters() = default;
    explicit Parameters(std::string_view text) : text_{text} {}

    // The value of `name`, if it is there and is a decimal number.
    std::optional<std::uint64_t> number(std::string_view name) const;

private:
    std::string_view text_;
};

}  // namespace driver
