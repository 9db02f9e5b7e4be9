// What all kernel objects have in common: a type, an owner who pays, and who still knows them.
#pragma once
#include "abi/syscall.hpp"
#include "lib/base/intrusive_list.hpp"
#include "lib/base/result.hpp"
#include <atomic>
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

// Handles and references keep an object alive. The fast path and quick system calls hold objects
// only while they are in the kernel, and the reclaimer waits for that. Whoever found one there and
// wants to keep it uses try_reference(): the last holder may just be going. Those who hold the
// kernel lock, or a reference, need not ask.
class Object {
public:
    Object(ObjectType type, Process* payer) : type_{type}, payer_{payer} {}
    Object(Object const&) = delete;
    Object& operator=(Object const&) = delete;

    ObjectType type() const { return type_; }
    Process* payer() const { return payer_; }

    void add_reference() { holders_.fetch_add(one_reference, std::memory_order_relaxed); }
    // False if nobody holds the object any more.
    bool try_reference();
    void drop_reference();
    void add_handle() { holders_.fetch_add(one_handle, std::memory_order_relaxed); }
    void drop_handle();
    bool has_handles() const { return holders_ >= one_handle; }

    // Hands the object to the reclaimer, unless it has it.
    void hand_over();
    // For the reclaimer, of an object that was handed to it: false if nobody holds it still.
    bool is_known_again();

    ListLink<Object> reclaim_link;

private:
    static constexpr std::uint64_t one_reference = 1;
    static constexpr std::uint64_t one_handle = 1ull << 32;

    ObjectType const type_;
    std::atomic<std::uint32_t> released_{0};  // has been handed to the reclaimer
    std::atomic<std::uint64_t> holders_{0};   // references, and handles above them
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
    // A reference that try_reference() has got.
    static Reference adopt(T& object)
    {
        Reference reference;
        reference.object_ = &object;
        return reference;
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
