// An ordered tree threaded through its elements (a treap): it never allocates, and no order of
// insertions makes it deep.
#pragma once
#include <cstdint>

template <class T>
struct TreeLink {
    T* left = nullptr;
    T* right = nullptr;
    std::uint64_t weight = 0;  // larger ones are nearer to the root
};

// Key: `static auto Key::of(T const&)` gives a key with <; keys in one tree differ.
template <class T, TreeLink<T> T::* Link, class Key>
class OrderedTree {
public:
    // Makes the tree's shape unknown to who chooses the keys.
    void seed(std::uint64_t value) { random_ ^= value; }

    bool empty() const { return root_ == nullptr; }

    void insert(T& item)
    {
        auto const key = Key::of(item);
        random_ = random_ * 6364136223846793005u + 1442695040888963407u;
        (item.*Link).weight = random_ >> 16;
        T** place = &root_;
        while (*place != nullptr && ((*place)->*Link).weight >= (item.*Link).weight)
            place = &child(**place, key);
        T** left = &(item.*Link).left;
        T** right = &(item.*Link).right;
        for (T* rest = *place; rest != nullptr;) {  // split what lies below by the key
            if (Key::of(*rest) < key) {
                *left = rest;
                left = &(rest->*Link).right;
                rest = *left;
            } else {
                *right = rest;
                right = &(rest->*Link).left;
                rest = *right;
            }
        }
        *left = *right = nullptr;
        *place = &item;
    }

    void remove(T& item)
    {
        auto const key = Key::of(item);
        T** place = &root_;
        while (*place != &item)
            place = &child(**place, key);
        T* left = (item.*Link).left;
        T* right = (item.*Link).right;
        while (left != nullptr && right != nullptr) {  // join the halves
            if ((left->*Link).weight >= (right->*Link).weight) {
                *place = left;
                place = &(left->*Link).right;
                left = *place;
            } else {
                *place = right;
                place = &(right->*Link).left;
                right = *place;
            }
        }
        *place = left != nullptr ? left : right;
        (item.*Link) = {};
    }

    T* first() const
    {
        T* item = root_;
        while (item != nullptr && (item->*Link).left != nullptr)
            item = (item->*Link).left;
        return item;
    }

    // The last element whose key is not greater than `key`.
    template <class K>
    T* at_or_before(K const& key) const
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

    // The first element whose key is greater than `key`.
    template <class K>
    T* after(K const& key) const
    {
        T* found = nullptr;
        for (T* item = root_; item != nullptr;) {
            if (key < Key::of(*item)) {
                found = item;
                item = (item->*Link).left;
            } else {
                item = (item->*Link).right;
            }
        }
        return found;
    }

private:
    template <class K>
    static T*& child(T& item, K const& key)
    {
        return key < Key::of(item) ? (item.*Link).left : (item.*Link).right;
    }

    T* root_ = nullptr;
    std::uint64_t random_ = 88172645463325252u;
};
