// Shared: one object of many owners, all in one thread; the last of them ends it.
#pragma once
#include "lib/base/result.hpp"
#include <cstddef>
#include <new>
#include <utility>

template <class T>
class Shared {
public:
    Shared() = default;  // of nothing

    // Errors: no_memory
    static Result<Shared> make(T value)
    {
        auto* const counted = new (std::nothrow) Counted{std::move(value), 1};
        if (counted == nullptr)
            return fail(Status::no_memory);
        return Shared{counted};
    }
    Shared(Shared const& other) : counted_{other.counted_}
    {
        if (counted_ != nullptr)
            ++counted_->owners;
    }
    Shared(Shared&& other) noexcept : counted_{std::exchange(other.counted_, nullptr)} {}
    Shared& operator=(Shared other) noexcept
    {
        std::swap(counted_, other.counted_);
        return *this;
    }
    ~Shared()
    {
        if (counted_ != nullptr && --counted_->owners == 0)
            delete counted_;
    }

    // Nobody else owns it.
    bool is_only() const { return counted_ != nullptr && counted_->owners == 1; }

    explicit operator bool() const { return counted_ != nullptr; }
    T const& operator*() const { return counted_->value; }
    T const* operator->() const { return &counted_->value; }

private:
    struct Counted {
        T value;
        std::size_t owners;
    };
    explicit Shared(Counted* counted) : counted_{counted} {}

    Counted* counted_ = nullptr;
};
