// SharedCredential: one credential of many open files, which ends with the last of them.
#pragma once
#include "servers/fs/tree/credential.hpp"
#include <new>

namespace fs {

class SharedCredential {
public:
    // Errors: no_memory.
    static Result<SharedCredential> make(Credential const& credential)
    {
        auto* const counted = new (std::nothrow) Counted{credential, 1};
        if (counted == nullptr)
            return fail(Status::no_memory);
        return SharedCredential{counted};
    }
    SharedCredential(SharedCredential const& other) : counted_{other.counted_}
    {
        ++counted_->references;
    }
    SharedCredential(SharedCredential&& other) noexcept
        : counted_{std::exchange(other.counted_, nullptr)}
    {
    }
    SharedCredential& operator=(SharedCredential other) noexcept
    {
        std::swap(counted_, other.counted_);
        return *this;
    }
    ~SharedCredential()
    {
        if (counted_ != nullptr && --counted_->references == 0)
            delete counted_;
    }

    Credential const& operator*() const { return counted_->credential; }
    Credential const* operator->() const { return &counted_->credential; }

private:
    struct Counted {
        Credential credential;
        std::size_t references;
    };
    explicit SharedCredential(Counted* counted) : counted_{counted} {}

    Counted* counted_;
};

}  // namespace fs
