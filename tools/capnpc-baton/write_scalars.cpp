// Constants and enums.
#include "tools/capnpc-baton/write.hpp"

void write_constant(Output& out, Constant const& constant)
{
    out.comment(constant.comment);
    out.line(constant.scope_is_type ? "static" : "inline", " constexpr ", constant.type, " ",
             constant.name, "{", constant.value, "};");
}

void write_enum(Output& out, Enum const& declaration)
{
    out.comment(declaration.comment);
    out.line("enum class ", declaration.name, " : std::uint16_t {");
    {
        Indented body{out};
        for (auto const& value : declaration.values) {
            out.comment(value.comment);
            out.line(value.name, ",");
        }
    }
    out.line("};");
    out.line();
}

void write_scalars_in(Output& out, Model const& model, Id scope)
{
    for (auto const& constant : model.constants)
        if (constant.scope == scope)
            write_constant(out, constant);
    for (auto id : model.order)
        if (auto found = model.enums.find(id); found != model.enums.end())
            if (found->second.scope == scope)
                write_enum(out, found->second);
}
