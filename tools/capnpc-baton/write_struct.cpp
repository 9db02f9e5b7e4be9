// Structs: the value that a sender fills, the View that a receiver gets, and their functions.
#include "tools/capnpc-baton/order.hpp"
#include "tools/capnpc-baton/write.hpp"

namespace {

void write_members(Output& out, Types const& types, Struct const& structure, bool incoming)
{
    for (auto const& field : structure.fields) {
        if (!is_encoded(field))
            continue;
        auto type = incoming ? types.incoming(field.type) : types.outgoing(field.type);
        out.comment(field.comment);
        out.line(type, " ", field.name, "{", field.default_value, "};");
    }
}

// `from_.get<std::uint32_t>(3, 256)` and its like.
std::string read_expression(Types const& types, Field const& field, std::string const& keyword)
{
    auto place = std::to_string(field.offset);
    auto with_default = field.default_value.empty() ? place : place + ", " + field.default_value;
    auto const& type = field.type;
    switch (type.kind) {
    case Kind::boolean:
        return "from_.get_bit(" + with_default + ")";
    case Kind::number:
    case Kind::enumeration:
        return "from_." + keyword + "get<" + type.name + ">(" + with_default + ")";
    case Kind::text:
        return "from_.text(" + with_default + ")";
    case Kind::data:
        return "from_.data(" + place + ")";
    case Kind::list:
        return "codec::decode_list<" + types.incoming(*type.element) + ">(from_, " + place + ")";
    case Kind::structure: {
        bool with_handles = types.capability_count(types.model().struct_of(type.id)) > 0;
        return types.incoming(type) + "::decode(from_.structure(" + place + ")" +
               (with_handles ? ", handles_)" : ")");
    }
    case Kind::capability:
        return "handles_.template take<" + type.name + ">(from_.capability(" + place + "))";
    case Kind::nothing:
        break;
    }
    return "";
}

std::string write_statement(Types const& types, Field const& field, std::string const& keyword)
{
    auto place = std::to_string(field.offset);
    auto value = field.name + (field.default_value.empty() ? "" : ", " + field.default_value);
    auto const& type = field.type;
    switch (type.kind) {
    case Kind::boolean:
        return "to_.set_bit(" + place + ", " + value + ");";
    case Kind::number:
    case Kind::enumeration:
        return "to_." + keyword + "set<" + type.name + ">(" + place + ", " + value + ");";
    case Kind::text:
        return "to_.set_text(" + place + ", " + field.name + ");";
    case Kind::data:
        return "to_.set_data(" + place + ", " + field.name + ");";
    case Kind::list:
        return "codec::encode_list<" + types.outgoing(*type.element) + ">(to_, " + place + ", " +
               field.name + ");";
    case Kind::structure:
        return field.name + ".encode(to_.init_struct(" + place + ", " + type.name + "::layout));";
    case Kind::capability:
        return "to_.set_capability(" + place + ", " + field.name + ".transfer());";
    case Kind::nothing:
        break;
    }
    return "";
}

void write_decode(Output& out, Types const& types, Struct const& structure,
                  std::string const& result)
{
    bool flat = types.is_flat(structure);
    bool with_handles = types.capability_count(structure) > 0;
    auto unused = types.is_empty(structure) ? "[[maybe_unused]] " : "";
    if (flat)
        out.line("template <class Reader>");
    else if (with_handles)
        out.line("template <class Handles>");
    out.line("static ", flat ? "constexpr " : "", result, " decode(", unused,
             flat ? "Reader" : "codec::StructReader", " const& from_",
             with_handles ? ", Handles& handles_" : "", ")");
    out.line("{");
    {
        Indented body{out};
        out.line("return {");
        for (auto const& field : structure.fields)
            if (is_encoded(field))
                out.line("    .", field.name, " = ",
                         read_expression(types, field, flat ? "template " : ""), ",");
        out.line("};");
    }
    out.line("}");
}

void write_encode(Output& out, Types const& types, Struct const& structure)
{
    bool flat = types.is_flat(structure);
    auto unused = types.is_empty(structure) ? "[[maybe_unused]] " : "";
    if (flat)
        out.line("template <class Writer>");
    out.line(flat ? "constexpr " : "", "void encode(", unused,
             flat ? "Writer" : "codec::StructBuilder", " to_) const");
    out.line("{");
    {
        Indented body{out};
        for (auto const& field : structure.fields)
            if (is_encoded(field))
                out.line(write_statement(types, field, flat ? "template " : ""));
    }
    out.line("}");
}

void write_release(Output& out, Types const& types, Struct const& structure)
{
    out.line("// The message that names the handles was sent.");
    out.line("void release()");
    out.line("{");
    {
        Indented body{out};
        for (auto const& field : structure.fields) {
            bool inner = field.type.kind == Kind::structure &&
                         types.capability_count(types.model().struct_of(field.type.id)) > 0;
            if (inner || field.type.kind == Kind::capability)
                out.line(field.name, ".release();");
        }
    }
    out.line("}");
}

void write_view(Output& out, Types const& types, Struct const& structure, std::string const& name)
{
    out.line("// ", structure.name, " as it was received: texts and lists point into the message.");
    out.line("struct ", name, "View {");
    {
        Indented body{out};
        write_members(out, types, structure, true);
        out.line();
        write_decode(out, types, structure, structure.name + "View");
    }
    out.line("};");
    out.line();
}

void write_nested(Output& out, Types const& types, Struct const& structure)
{
    write_scalars_in(out, types.model(), structure.id);
    auto nested = structs_in(types.model(), structure.id);
    for (auto const* inner : nested)
        declare_struct(out, types, *inner);
    for (auto const* inner : in_order(types.model(), nested))
        write_struct(out, types, *inner, inner->name);
}

}  // namespace

void declare_struct(Output& out, Types const& types, Struct const& structure)
{
    out.line("struct ", structure.name, ";");
    if (!types.is_plain(structure))
        out.line("struct ", structure.name, "View;");
}

void write_struct(Output& out, Types const& types, Struct const& structure, std::string const& name)
{
    out.comment(structure.comment);
    out.line("struct ", name, " {");
    {
        Indented body{out};
        write_nested(out, types, structure);
        out.line("using View = ", structure.name, types.is_plain(structure) ? ";" : "View;");
        out.line("static constexpr codec::Layout layout{", structure.data_words, ", ",
                 structure.pointer_count, "};");
        out.line("static constexpr bool flat = ", types.is_flat(structure) ? "true;" : "false;");
        out.line("static constexpr std::size_t capability_count = ",
                 types.capability_count(structure), ";");
        out.line("static codec::Shape const& shape();");
        out.line();
        write_members(out, types, structure, false);
        out.line();
        write_encode(out, types, structure);
        if (types.capability_count(structure) > 0)
            write_release(out, types, structure);
        if (types.is_plain(structure))
            write_decode(out, types, structure, structure.name);
        if (types.is_comparable(structure))
            out.line("bool operator==(", structure.name, " const&) const = default;");
    }
    out.line("};");
    out.line();
    if (!types.is_plain(structure))
        write_view(out, types, structure, name);
}
