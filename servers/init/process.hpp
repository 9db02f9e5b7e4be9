// One process that init started, and the capability by which whoever asked for it follows it.
#pragma once
#include "abi/syscall.hpp"
#include "generated/interfaces/loader.hpp"
#include <optional>

namespace init {

class SystemProgram;

// Who a process is and who pays for it.
struct ProcessDescription {
    std::string_view name;
    std::uint32_t payer{};  // the number of the process whose quota it comes from
    std::uint64_t quota_bytes{};
};

class Process final : public Child::Server {
public:
    // Free entries of the process table have no process.
    bool is_free() const { return number_ == 0; }
    bool is_running() const { return static_cast<bool>(handle_); }

    std::uint32_t number() const { return number_; }
    // In the kernel's books.
    std::uint64_t kernel_number() const { return kernel_number_; }
    std::string_view name() const { return name_; }
    std::uint32_t payer() const { return payer_; }
    std::uint64_t quota_bytes() const { return quota_bytes_; }
    sys::HandleValue handle() const { return handle_.value(); }
    // The manifest's program that this is; nothing for those that others have started.
    SystemProgram* program() const { return program_; }

    // Makes a free entry this process.
    void assign(std::uint32_t number, ProcessDescription const& description, sys::Handle handle);
    void set_program(SystemProgram& program) { program_ = &program; }

    // From here on a client holds this as a Child.
    void set_held() { held_ = true; }

    // The process has ended: answers who waits for that, and frees the entry unless it is held.
    void end(abi::ProcessInfo const& info);

    // Child.
    Result<End> wait() override;
    Result<> kill() override;
    Result<std::uint32_t> id() override { return number_; }
    Result<End> state() override { return end_; }
    Result<> notify_end(Notification notification, std::uint64_t bits) override;
    void closed() override;

private:
    void clear();
    void signal_end() const;

    std::uint32_t number_ = 0;
    std::uint64_t kernel_number_ = 0;
    std::uint32_t payer_ = 0;
    std::uint64_t quota_bytes_ = 0;
    char name_[28]{};
    sys::Handle handle_;
    SystemProgram* program_ = nullptr;
    bool held_ = false;
    End end_;
    std::optional<sys::Reply<Child::WaitCall>> waiter_;
    Notification end_notification_;
    std::uint64_t end_bits_ = 0;
};

}  // namespace init
