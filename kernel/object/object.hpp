// What all kernel objects have in common: a type, an owner who pays, and who still knows them.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/intrusive_list.hpp"
#include "lib/base/result.hpp"
#include <concepts>
#include <cstddef>

namespace kernel {

class Process;

enum class ObjectType : std::uint32_t {
    process,
    thread,
    pool,
    endpoint,
    notification,
    memory,
    interrupt,
    dma_space,
    call_record,
    root,
};

// Handles and references keep an object alive. Both counts are guarded by the kernel lock; the
// fast path holds objects only while it is in the kernel, and the reclaimer waits for that.
class Object {
public:
    Object(ObjectType type, Process* payer) : type_{type}, payer_{payer} {}
    Object(Object const&) = delete;
    Object& operator=(Object const&) = delete;

    ObjectType type() const { return type_; }
    Process* payer() const { return payer_; }
    std::uint32_t handles() const { return handles_; }

    void add_reference() { references_++; }
    void drop_reference();
    void add_handle() { handles_++; }
    void drop_handle();

    // For the reclaimer: true if somebody has come to hold the object since it was handed over.
    bool is_known_again();

    ListLink<Object> reclaim_link;

private:
    void release_if_unknown();

    ObjectType const type_;
    std::uint32_t handles_ = 0;
    std::uint32_t references_ = 0;
    bool released_ = false;
    Process* const payer_;
};

template <class T>
concept KernelObject = std::derived_from<T, Object> && requires {
    { T::object_type } -> std::convertible_to<ObjectType>;
    { T::rights } -> std::convertible_to<abi::Rights>;
};

// A counted pointer from one kernel object to another.
template <class T>
class Reference {
public:
    Reference() = default;
    explicit Reference(T* object) : object_{object}
    {
        if (object_ != nullptr)
            object_->add_reference();
    }
    Reference(Reference&& other) noexcept : object_{std::exchange(other.object_, nullptr)} {}
    Reference& operator=(Reference other) noexcept
    {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Reference()
    {
        if (object_ != nullptr)
            object_->drop_reference();
    }

    T* get() const { return object_; }
    T* operator->() const { return object_; }
    T& operator*() const { return *object_; }
    explicit operator bool() const { return object_ != nullptr; }

private:
    T* object_ = nullptr;
};

}  // namespace kernel
