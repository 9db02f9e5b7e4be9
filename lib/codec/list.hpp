// Lists of any element: List<T> is one in a received message, decoded element by element as it is
// read; encode_list writes one from a span.
#pragma once
#include "lib/codec/builder.hpp"
#include "lib/codec/reader.hpp"

namespace codec {

// How elements of type T are encoded.
template <class T>
inline constexpr ElementSize element_size = ElementSize::composite;
template <>
inline constexpr ElementSize element_size<bool> = ElementSize::bit;
template <>
inline constexpr ElementSize element_size<std::string_view> = ElementSize::pointer;
template <>
inline constexpr ElementSize element_size<Bytes> = ElementSize::pointer;
template <Scalar T>
inline constexpr ElementSize element_size<T> =
    static_cast<ElementSize>(std::bit_width(sizeof(T)) + 1);

template <class T>
class List {
public:
    // An input iterator: elements are values that are made on access.
    class Iterator {
    public:
        using value_type = T;
        using difference_type = std::ptrdiff_t;

        Iterator() = default;
        Iterator(ListReader const* list, std::uint32_t index) : list_{list}, index_{index} {}
        T operator*() const { return List::read(*list_, index_); }
        Iterator& operator++()
        {
            ++index_;
            return *this;
        }
        void operator++(int) { ++index_; }
        bool operator==(Iterator const& other) const { return index_ == other.index_; }

    private:
        ListReader const* list_{};
        std::uint32_t index_{};
    };

    List() = default;
    explicit List(ListReader reader) : reader_{reader} {}

    std::uint32_t size() const { return reader_.size(); }
    bool empty() const { return size() == 0; }
    // An index past the end gives the default.
    T operator[](std::uint32_t index) const { return read(reader_, index); }
    Iterator begin() const { return {&reader_, 0}; }
    Iterator end() const { return {&reader_, size()}; }

private:
    static T read(ListReader const& reader, std::uint32_t index)
    {
        if constexpr (std::is_same_v<T, bool>)
            return reader.get_bit(index);
        else if constexpr (Scalar<T>)
            return reader.get<T>(index);
        else if constexpr (std::is_same_v<T, std::string_view>)
            return reader.text(index);
        else if constexpr (std::is_same_v<T, Bytes>)
            return reader.data(index);
        else
            return T::decode(reader.structure(index));
    }

    ListReader reader_;
};

template <class T>
List<T> decode_list(StructReader const& from, std::uint32_t index)
{
    return List<T>{from.list(index, element_size<T>)};
}

template <class T>
void encode_list(StructBuilder& to, std::uint32_t index, std::span<T const> values)
{
    if constexpr (element_size<T> == ElementSize::composite) {
        auto list = to.init_struct_list(index, T::layout, values.size());
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i].encode(list.structure(i));
        return;
    } else {
        auto list = to.init_list(index, element_size<T>, values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            if constexpr (std::is_same_v<T, bool>)
                list.set_bit(i, values[i]);
            else if constexpr (Scalar<T>)
                list.set(i, values[i]);
            else if constexpr (std::is_same_v<T, std::string_view>)
                list.set_text(i, values[i]);
            else
                list.set_data(i, values[i]);
        }
    }
}

}  // namespace codec
