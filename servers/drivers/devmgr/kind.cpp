#include "servers/drivers/devmgr/kind.hpp"
#include <charconv>

Result<Kind> Kind::parse(std::string_view text)
{
    std::string_view compatible = text.substr(0, text.find(':'));
    bool is_virtio = compatible == virtio_slot;
    bool has_type = compatible.size() < text.size();
    if (compatible.empty() || is_virtio != has_type)
        return fail(Status::bad_argument);
    if (!is_virtio)
        return Kind{compatible, std::nullopt};

    std::string_view digits = text.substr(compatible.size() + 1);
    std::uint32_t type = 0;
    auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), type);
    if (error != std::errc{} || stop != digits.data() + digits.size() || type == 0)
        return fail(Status::bad_argument);
    return Kind{compatible, DeviceType{type}};
}
