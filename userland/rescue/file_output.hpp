// Text that goes to a file, from a position on.
#pragma once
#include "generated/interfaces/file.hpp"
#include "userland/rescue/held_text.hpp"
#include "userland/rescue/output.hpp"

namespace rescue {

// All of the bytes, in as many calls as that takes. Errors: what File::write says, io_error
Result<> write_all(File const& file, std::uint64_t offset, std::span<std::byte const> bytes);

class FileOutput final : public Output {
public:
    FileOutput(File file, std::uint64_t offset) : file_{std::move(file)}, offset_{offset} {}

    Result<> write(std::string_view text) override;
    Result<> finish() override;

private:
    File file_;
    std::uint64_t offset_;
    HeldText<4096> held_;
};

}  // namespace rescue
