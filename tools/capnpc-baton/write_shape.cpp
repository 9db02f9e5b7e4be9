// What a received struct has to look like: the table that codec::check compares messages with.
#include "tools/capnpc-baton/write.hpp"

namespace {

char const* element_size_name(Kind kind, std::string const& number)
{
    if (kind == Kind::boolean)
        return "bit";
    if (kind == Kind::structure)
        return "composite";
    if (kind == Kind::text || kind == Kind::data)
        return "pointer";
    if (kind == Kind::enumeration || number == "std::int16_t" || number == "std::uint16_t")
        return "two_bytes";
    if (number == "std::int8_t" || number == "std::uint8_t")
        return "byte";
    if (number == "std::int32_t" || number == "std::uint32_t" || number == "float")
        return "four_bytes";
    return "eight_bytes";
}

std::string list_shape(Type const& element)
{
    auto result = std::string{", .element_size = codec::ElementSize::"} +
                  element_size_name(element.kind, element.name);
    if (element.kind == Kind::text)
        result += ", .element = &codec::text_element";
    if (element.kind == Kind::data)
        result += ", .element = &codec::data_element";
    if (element.kind == Kind::structure)
        result += ", .shape = &" + element.name + "::shape";
    return result;
}

std::string pointer_shape(Field const& field)
{
    auto const& type = field.type;
    auto result = "{.index = " + std::to_string(field.offset) + ", .kind = Kind::";
    switch (type.kind) {
    case Kind::text:
        return result + "text}";
    case Kind::data:
        return result + "data}";
    case Kind::structure:
        return result + "structure, .shape = &" + type.name + "::shape}";
    case Kind::list:
        return result + "list" + list_shape(*type.element) + "}";
    default:
        return result + "capability}";
    }
}

}  // namespace

void write_struct_functions(Output& out, Types const& types, Struct const& structure)
{
    out.line("inline codec::Shape const& ", structure.full_name.substr(2), "::shape()");
    out.line("{");
    {
        Indented body{out};
        if (types.has_pointers(structure)) {
            out.line("using Kind = codec::PointerShape::Kind;");
            out.line("static constexpr codec::PointerShape pointers[] = {");
            for (auto const& field : structure.fields)
                if (is_encoded(field) && is_pointer(field.type))
                    out.line("    ", pointer_shape(field), ",");
            out.line("};");
            out.line("static constexpr codec::Shape shape{pointers};");
        } else {
            out.line("static constexpr codec::Shape shape{};");
        }
        out.line("return shape;");
    }
    out.line("}");
    out.line();
}
