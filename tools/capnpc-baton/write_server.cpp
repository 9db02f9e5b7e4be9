// Server base classes: one function for each method, and the dispatch of calls to them.
#include "tools/capnpc-baton/names.hpp"
#include "tools/capnpc-baton/write.hpp"

namespace {

constexpr char const* registers = "header_, label_, word0_, word1_, word2_, word3_";

std::string parameter_list(Types const& types, Struct const& params)
{
    if (!params.is_implicit)
        return types.view(params) + (types.capability_count(params) > 0 ? " " : " const& ") +
               snake_case(params.name);
    std::string result;
    for_each_parameter(params, [&](Field const& field) {
        result += (result.empty() ? "" : ", ") + types.server_argument(field) + " " + field.name;
    });
    return result;
}

std::string argument(Types const& types, Field const& field)
{
    if (field.lease)
        return std::string{"leases."} + (*field.lease == LeaseAccess::in ? "in" : "out") + "(" +
               std::to_string(field.lease_index) + ")";
    bool moves = field.type.kind == Kind::capability ||
                 (field.type.kind == Kind::structure &&
                  types.capability_count(types.model().struct_of(field.type.id)) > 0);
    auto value = "params." + field.name;
    return moves ? "std::move(" + value + ")" : value;
}

std::string argument_list(Types const& types, Struct const& params)
{
    if (!params.is_implicit)
        return types.capability_count(params) > 0 ? "std::move(params)" : "params";
    std::string result;
    for_each_parameter(params, [&](Field const& field) {
        result += (result.empty() ? "" : ", ") + argument(types, field);
    });
    return result;
}

// "(auto& params, auto const& leases)" with names for what the call uses.
std::string lambda_parameters(Struct const& params)
{
    bool uses_params = !params.is_implicit;
    bool uses_leases = false;
    for (auto const& field : params.fields) {
        uses_params |= is_encoded(field);
        uses_leases |= field.lease.has_value();
    }
    return std::string{"(auto&"} + (uses_params ? " params" : "") + ", auto const&" +
           (uses_leases ? " leases" : "") + ")";
}

void write_case(Output& out, Types const& types, Interface const& interface, Method const& method)
{
    auto const& params = types.model().struct_of(method.params);
    out.line("case ", method.ordinal, ":");
    out.line("    return sys::serve<", interface.full_name, "::", descriptor_name(method),
             ">([this]", lambda_parameters(params), " {");
    out.line("        return ", method.name, "(", argument_list(types, params), ");");
    out.line("    }, ", registers, ");");
}

void write_dispatch(Output& out, Types const& types, Interface const& interface)
{
    auto otherwise = interface.superclass == 0
                         ? std::string{"sys::refuse_method(header_);"}
                         : types.model().interfaces.at(interface.superclass).full_name +
                               "::Server::dispatch(" + registers + ");";
    // An interface without methods uses no words.
    std::string word =
        interface.methods.empty() ? "[[maybe_unused]] std::uint64_t word" : "std::uint64_t word";
    out.line("void dispatch(std::uint64_t header_, std::uint64_t label_, ", word, "0_,");
    out.line("              ", word, "1_, ", word, "2_, ", word, "3_) override");
    out.line("{");
    {
        Indented body{out};
        out.line("if ((label_ & ~sys::ordinal_mask) != sys::interface_label(interface_id))");
        out.line("    return ", otherwise);
        out.line("switch (label_ & sys::ordinal_mask) {");
        for (auto const& method : interface.methods)
            write_case(out, types, interface, method);
        out.line("default:");
        out.line("    return sys::refuse_method(header_);");
        out.line("}");
    }
    out.line("}");
}

}  // namespace

void write_server(Output& out, Types const& types, Interface const& interface)
{
    auto base = interface.superclass == 0
                    ? std::string{"sys::Server"}
                    : types.model().interfaces.at(interface.superclass).full_name + "::Server";
    out.line("class ", interface.full_name.substr(2), "::Server : public ", base, " {");
    out.line("public:");
    {
        Indented body{out};
        for (auto const& method : interface.methods) {
            auto const& params = types.model().struct_of(method.params);
            out.line("virtual Result<", answer_type(types, method), "> ", method.name, "(",
                     parameter_list(types, params), ") = 0;");
        }
        out.line();
        write_dispatch(out, types, interface);
    }
    out.line();
    out.line("protected:");
    out.line("    ~Server() = default;");
    out.line("};");
    out.line();
}
