// An ordered tree threaded through its elements (a treap): it never allocates, and no order of
// insertions makes it deep. Work near the place of the last search is quick however large it is.
// The last element that came is a leaf until another one comes: mostly it has gone by then.
#pragma once
#include <cstdint>

template <class T>
struct TreeLink {
    T* left;
    T* right;
    T* parent;
    T* prev;  // by key
    T* next;
    std::uint64_t weight;  // larger ones are nearer to the root
};

// Key: `static auto Key::of(T const&)` gives a key with <; keys in one tree differ.
template <class T, TreeLink<T> T::* Link, class Key>
class OrderedTree {
public:
    // Makes the tree's shape unknown to who chooses the keys.
    void seed(std::uint64_t value) { random_ ^= value; }

    bool empty() const { return root_ == nullptr; }
    T* first() const { return first_; }
    static T* next(T const& item) { return (item.*Link).next; }

    // The last element whose key is not greater than `key`.
    template <class K>
    T* at_or_before(K const& key) const
    {
        if (near_ == nullptr || key < Key::of(*near_) || !is_before_next(key, *near_)) [[unlikely]]
            near_ = search(key);
        return near_;
    }

    void insert(T& item)
    {
        if (fresh_ != nullptr)
            settle(*fresh_);
        fresh_ = &item;
        T* const before = at_or_before(Key::of(item));
        T*& place_in_list = before != nullptr ? (before->*Link).next : first_;
        T* const after = place_in_list;
        item.*Link = {nullptr, nullptr, nullptr, before, after, 0};
        place_in_list = &item;
        if (after != nullptr)
            (after->*Link).prev = &item;

        if (before != nullptr && (before->*Link).right == nullptr)
            put_below(before, (before->*Link).right, item);
        else if (after != nullptr)
            put_below(after, (after->*Link).left, item);
        else
            root_ = &item;
        near_ = &item;
    }

    void remove(T& item)
    {
        TreeLink<T>& link = item.*Link;
        if (fresh_ == &item)
            fresh_ = nullptr;
        while (link.left != nullptr && link.right != nullptr)
            rotate_up(weight_of(link.left) < weight_of(link.right) ? *link.right : *link.left);
        T* const child = link.left != nullptr ? link.left : link.right;
        if (child != nullptr)
            (child->*Link).parent = link.parent;
        place_of(item) = child;

        (link.prev != nullptr ? (link.prev->*Link).next : first_) = link.next;
        if (link.next != nullptr)
            (link.next->*Link).prev = link.prev;
        near_ = link.prev;
    }

private:
    template <class K>
    [[gnu::noinline]] T* search(K const& key) const
    {
        T* found = nullptr;
        for (T* item = root_; item != nullptr;) {
            if (key < Key::of(*item)) {
                item = (item->*Link).left;
            } else {
                found = item;
                item = (item->*Link).right;
            }
        }
        return found;
    }

    template <class K>
    static bool is_before_next(K const& key, T const& item)
    {
        return next(item) == nullptr || key < Key::of(*next(item));
    }

    // Of nothing, as what is above the root: more than any.
    static std::uint64_t weight_of(T const* item)
    {
        return item != nullptr ? (item->*Link).weight : ~std::uint64_t{};
    }

    [[gnu::noinline]] void settle(T& item)
    {
        random_ = random_ * 6364136223846793005u + 1442695040888963407u;
        (item.*Link).weight = random_ >> 16;
        while (weight_of((item.*Link).parent) < (item.*Link).weight)
            rotate_up(item);
    }

    static void put_below(T* parent, T*& place, T& item)
    {
        place = &item;
        (item.*Link).parent = parent;
    }

    T*& place_of(T& item)
    {
        T* const parent = (item.*Link).parent;
        if (parent == nullptr)
            return root_;
        return (parent->*Link).left == &item ? (parent->*Link).left : (parent->*Link).right;
    }

    // The item and its parent change places.
    [[gnu::noinline]] void rotate_up(T& item)
    {
        TreeLink<T>& link = item.*Link;
        T& parent = *link.parent;
        bool const was_left = (parent.*Link).left == &item;
        T*& inner = was_left ? link.right : link.left;
        (was_left ? (parent.*Link).left : (parent.*Link).right) = inner;
        if (inner != nullptr)
            (inner->*Link).parent = &parent;
        place_of(parent) = &item;
        link.parent = (parent.*Link).parent;
        put_below(&item, inner, parent);
    }

    T* root_ = nullptr;
    T* first_ = nullptr;
    T* fresh_ = nullptr;         // has no weight yet
    mutable T* near_ = nullptr;  // where the last search ended
    std::uint64_t random_ = 88172645463325252u;
};
