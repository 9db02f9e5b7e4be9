#include "tools/capnpc-baton/load_types.hpp"
#include "tools/capnpc-baton/names.hpp"
#include <cstdio>
#include <cstring>

using SchemaType = capnp::schema::Type;
using Value = capnp::schema::Value;

namespace {

char const* number_name(SchemaType::Which which)
{
    switch (which) {
    case SchemaType::INT8:
        return "std::int8_t";
    case SchemaType::INT16:
        return "std::int16_t";
    case SchemaType::INT32:
        return "std::int32_t";
    case SchemaType::INT64:
        return "std::int64_t";
    case SchemaType::UINT8:
        return "std::uint8_t";
    case SchemaType::UINT16:
        return "std::uint16_t";
    case SchemaType::UINT32:
        return "std::uint32_t";
    case SchemaType::UINT64:
        return "std::uint64_t";
    case SchemaType::FLOAT32:
        return "float";
    case SchemaType::FLOAT64:
        return "double";
    default:
        return nullptr;
    }
}

Type named(Kind kind, SchemaIndex const& index, Id id)
{
    return {kind, index.full_name(id), id, nullptr};
}

Type load_list(SchemaIndex const& index, SchemaType::List::Reader list, std::string const& where)
{
    auto element = std::make_shared<Type>(load_type(index, list.getElementType(), where));
    if (element->kind == Kind::list)
        throw Unsupported(where + ": lists of lists are not supported; put a struct between them");
    if (element->kind == Kind::capability)
        throw Unsupported(where + ": lists of capabilities are not supported");
    if (element->kind == Kind::nothing)
        throw Unsupported(where + ": lists of Void are not supported");
    return {Kind::list, "", 0, element};
}

// The shortest decimal form that reads back as the same number.
std::string floating(double value, char const* suffix)
{
    char text[64];
    std::snprintf(text, sizeof text, "%.17g", value);
    if (std::strpbrk(text, ".en") == nullptr)
        std::strcat(text, ".0");
    return text + std::string{suffix};
}

std::string nonzero(std::uint64_t value, std::string const& text) { return value == 0 ? "" : text; }

std::string smallest_int64() { return "-9223372036854775807 - 1"; }

std::string integer(std::int64_t value)
{
    if (value == INT64_MIN)
        return smallest_int64();
    return nonzero(static_cast<std::uint64_t>(value), std::to_string(value));
}

std::string enumerator(SchemaIndex const& index, Type const& type, std::uint16_t value,
                       std::string const& where)
{
    auto values = index.node(type.id).getEnum().getEnumerants();
    if (value >= values.size())
        throw Unsupported(where + ": no enumerator has the value " + std::to_string(value));
    return type.name + "::" + snake_case(values[value].getName().cStr());
}

// A default that is not empty would have to be kept as an encoded message.
std::string no_pointer_default(bool is_empty, std::string const& where)
{
    if (!is_empty)
        throw Unsupported(where + ": defaults of this type are not supported");
    return "";
}

template <class T>
bool is_empty_pointer(T value)
{
    return value.isNull() || (value.isList() && value.template getAs<capnp::AnyList>().size() == 0);
}

}  // namespace

Type load_type(SchemaIndex const& index, SchemaType::Reader type, std::string const& where)
{
    switch (type.which()) {
    case SchemaType::VOID:
        return {};
    case SchemaType::BOOL:
        return {Kind::boolean, "bool", 0, nullptr};
    case SchemaType::TEXT:
        return {Kind::text, "std::string_view", 0, nullptr};
    case SchemaType::DATA:
        return {Kind::data, "codec::Bytes", 0, nullptr};
    case SchemaType::LIST:
        return load_list(index, type.getList(), where);
    case SchemaType::ENUM:
        return named(Kind::enumeration, index, type.getEnum().getTypeId());
    case SchemaType::STRUCT:
        return named(Kind::structure, index, type.getStruct().getTypeId());
    case SchemaType::INTERFACE:
        return named(Kind::capability, index, type.getInterface().getTypeId());
    case SchemaType::ANY_POINTER:
        throw Unsupported(where + ": AnyPointer and type parameters are not supported");
    default:
        return {Kind::number, number_name(type.which()), 0, nullptr};
    }
}

std::string load_value(SchemaIndex const& index, Type const& type, Value::Reader value,
                       std::string const& where)
{
    switch (value.which()) {
    case Value::BOOL:
        return value.getBool() ? "true" : "";
    case Value::INT8:
        return integer(value.getInt8());
    case Value::INT16:
        return integer(value.getInt16());
    case Value::INT32:
        return integer(value.getInt32());
    case Value::INT64:
        return integer(value.getInt64());
    case Value::UINT8:
        return nonzero(value.getUint8(), std::to_string(value.getUint8()));
    case Value::UINT16:
        return nonzero(value.getUint16(), std::to_string(value.getUint16()));
    case Value::UINT32:
        return nonzero(value.getUint32(), std::to_string(value.getUint32()) + "u");
    case Value::UINT64:
        return nonzero(value.getUint64(), std::to_string(value.getUint64()) + "u");
    case Value::FLOAT32:
        return value.getFloat32() == 0 ? "" : floating(value.getFloat32(), "f");
    case Value::FLOAT64:
        return value.getFloat64() == 0 ? "" : floating(value.getFloat64(), "");
    case Value::ENUM:
        return value.getEnum() == 0 ? "" : enumerator(index, type, value.getEnum(), where);
    case Value::TEXT:
        return value.getText().size() == 0 ? "" : string_literal(value.getText().cStr());
    case Value::DATA:
        return no_pointer_default(value.getData().size() == 0, where);
    case Value::LIST:
        return no_pointer_default(is_empty_pointer(value.getList()), where);
    case Value::STRUCT:
        return no_pointer_default(is_empty_pointer(value.getStruct()), where);
    default:
        return "";
    }
}
