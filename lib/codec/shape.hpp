// Shape: where the pointers of a struct are and what its schema says they lead to. The generator
// writes one for each struct that has pointers; `check` compares a message with it.
#pragma once
#include "lib/codec/pointer.hpp"
#include <span>

namespace codec {

struct Shape;

// Shapes name each other through functions, because structs may contain lists of themselves.
using ShapeFunction = Shape const& (*)();

struct PointerShape {
    enum class Kind : std::uint8_t { text, data, structure, list, capability };

    std::uint32_t index{};  // in the struct's pointer section; unused for what a list holds
    Kind kind{};
    ElementSize element_size{};     // list
    PointerShape const* element{};  // list of pointers: what each of them leads to
    ShapeFunction shape{};          // structure, list of structures
};

struct Shape {
    std::span<PointerShape const> pointers;
};

// What the elements of lists of Text and of Data lead to.
inline constexpr PointerShape text_element{.kind = PointerShape::Kind::text};
inline constexpr PointerShape data_element{.kind = PointerShape::Kind::data};

}  // namespace codec
