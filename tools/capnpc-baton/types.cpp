#include "tools/capnpc-baton/types.hpp"
#include <algorithm>

bool is_pointer(Type const& type)
{
    return type.kind == Kind::text || type.kind == Kind::data || type.kind == Kind::list ||
           type.kind == Kind::structure || type.kind == Kind::capability;
}

bool is_encoded(Field const& field) { return field.type.kind != Kind::nothing && !field.lease; }

std::string Types::outgoing(Type const& type) const
{
    switch (type.kind) {
    case Kind::list:
        return "std::span<" + outgoing(*type.element) + " const>";
    case Kind::capability:
        return "sys::Pass<" + type.name + ">";
    default:
        return type.name;
    }
}

std::string Types::incoming(Type const& type) const
{
    switch (type.kind) {
    case Kind::list:
        return "codec::List<" + incoming(*type.element) + ">";
    case Kind::structure:
        return view(struct_of(type));
    default:
        return type.name;
    }
}

std::string Types::view(Struct const& structure) const
{
    return is_plain(structure) ? structure.full_name : structure.full_name + "View";
}

std::string Types::client_argument(Field const& field) const
{
    if (field.lease)
        return *field.lease == LeaseAccess::in ? "std::span<std::byte const>"
                                               : "std::span<std::byte>";
    if (field.type.kind == Kind::structure)
        return outgoing(field.type) + " const&";
    return outgoing(field.type);
}

std::string Types::server_argument(Field const& field) const
{
    if (field.lease)
        return *field.lease == LeaseAccess::in ? "sys::LeaseIn" : "sys::LeaseOut";
    if (field.type.kind == Kind::structure)
        return incoming(field.type) + " const&";
    return incoming(field.type);
}

bool Types::is_plain(Struct const& structure) const
{
    return std::all_of(structure.fields.begin(), structure.fields.end(), [&](Field const& field) {
        if (!is_encoded(field))
            return true;
        if (field.type.kind == Kind::structure)
            return is_plain(struct_of(field.type));
        return field.type.kind != Kind::list && field.type.kind != Kind::capability;
    });
}

bool Types::has_pointers(Struct const& structure) const
{
    return std::any_of(structure.fields.begin(), structure.fields.end(), [](Field const& field) {
        return is_encoded(field) && is_pointer(field.type);
    });
}

bool Types::is_flat(Struct const& structure) const
{
    return structure.data_words <= 4 && !has_pointers(structure);
}

bool Types::is_comparable(Struct const& structure) const
{
    return is_plain(structure) &&
           std::all_of(structure.fields.begin(), structure.fields.end(), [&](Field const& field) {
               return field.type.kind != Kind::data &&
                      (field.type.kind != Kind::structure || is_comparable(struct_of(field.type)));
           });
}

std::size_t Types::capability_count(Struct const& structure) const
{
    std::size_t count = 0;
    for (auto const& field : structure.fields) {
        if (field.type.kind == Kind::capability)
            count += 1;
        else if (field.type.kind == Kind::structure)
            count += capability_count(struct_of(field.type));
    }
    return count;
}

Field const* Types::only_result(Struct const& results) const
{
    auto count = std::count_if(results.fields.begin(), results.fields.end(), is_encoded);
    if (!results.is_implicit || count != 1)
        return nullptr;
    return &*std::find_if(results.fields.begin(), results.fields.end(), is_encoded);
}

bool Types::is_empty(Struct const& structure) const
{
    return std::none_of(structure.fields.begin(), structure.fields.end(), is_encoded);
}

std::vector<Field const*> leases_of(Struct const& params)
{
    std::vector<Field const*> result;
    for (auto const& field : params.fields) {
        if (!field.lease)
            continue;
        if (result.size() <= field.lease_index)
            result.resize(field.lease_index + 1);
        result[field.lease_index] = &field;
    }
    return result;
}
