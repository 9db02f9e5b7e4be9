// A doubly linked list threaded through its elements; it never allocates.
#pragma once
#include <cstddef>

template <class T>
struct ListLink {
    T* next = nullptr;
    T* prev = nullptr;
};

template <class T, ListLink<T> T::* Link>
class IntrusiveList {
public:
    bool empty() const { return head_ == nullptr; }
    T* front() const { return head_; }
    static T* next(T const& item) { return (item.*Link).next; }

    // For a range-based for loop, which may remove the item that it is at.
    class Iterator {
    public:
        explicit Iterator(T* item) : item_{item}, next_{item != nullptr ? next(*item) : nullptr} {}
        T& operator*() const { return *item_; }
        void operator++() { *this = Iterator{next_}; }
        bool operator==(std::nullptr_t) const { return item_ == nullptr; }

    private:
        T* item_;
        T* next_;
    };
    Iterator begin() const { return Iterator{head_}; }
    std::nullptr_t end() const { return nullptr; }

    void push_back(T& item)
    {
        (item.*Link) = {nullptr, tail_};
        (tail_ ? (tail_->*Link).next : head_) = &item;
        tail_ = &item;
    }

    void push_front(T& item)
    {
        (item.*Link) = {head_, nullptr};
        (head_ ? (head_->*Link).prev : tail_) = &item;
        head_ = &item;
    }

    // Puts `item` before `place`, which is in the list; at the end if there is no `place`.
    void insert_before(T* place, T& item)
    {
        if (place == nullptr)
            return push_back(item);
        if (place == head_)
            return push_front(item);
        T* const before = (place->*Link).prev;
        (item.*Link) = {place, before};
        (before->*Link).next = &item;
        (place->*Link).prev = &item;
    }

    void remove(T& item)
    {
        auto& [next, prev] = item.*Link;
        (prev ? (prev->*Link).next : head_) = next;
        (next ? (next->*Link).prev : tail_) = prev;
        next = prev = nullptr;
    }

    T* take_front()
    {
        T* const item = head_;
        if (item == nullptr)
            return item;
        auto& [next, prev] = item->*Link;
        head_ = next;
        (next ? (next->*Link).prev : tail_) = nullptr;
        next = nullptr;
        return item;
    }

private:
    T* head_ = nullptr;
    T* tail_ = nullptr;
};
