// Typed clients: a class, and a function for each method that calls sys::invoke.
#include "tools/capnpc-baton/names.hpp"
#include "tools/capnpc-baton/order.hpp"
#include "tools/capnpc-baton/write.hpp"
#include <cstdio>

namespace {

std::string hexadecimal(Id id)
{
    char text[32];
    std::snprintf(text, sizeof text, "0x%016llx", static_cast<unsigned long long>(id));
    return text;
}

// The one parameter where the schema names the struct: `read @2 Transfer -> ()`.
std::string struct_parameter(Struct const& params) { return snake_case(params.name); }

std::string parameter_list(Types const& types, Struct const& params)
{
    if (!params.is_implicit)
        return types.capability_count(params) > 0
                   ? params.full_name + " " + struct_parameter(params)
                   : params.full_name + " const& " + struct_parameter(params);
    std::string result;
    for_each_parameter(params, [&](Field const& field) {
        result += (result.empty() ? "" : ", ") + types.client_argument(field) + " " + field.name;
    });
    return result;
}

// The last parameters whose defaults the schema states need not be passed, so callers that are
// older than a parameter need not know of it.
std::size_t count_of_needed(Struct const& params)
{
    std::size_t count = 0;
    std::size_t needed = 0;
    for_each_parameter(params, [&](Field const& field) {
        ++count;
        if (!field.states_default || field.lease)
            needed = count;
    });
    return needed;
}

std::string declared_parameters(Types const& types, Struct const& params)
{
    if (!params.is_implicit)
        return parameter_list(types, params);
    std::string result;
    std::size_t left = count_of_needed(params);
    for_each_parameter(params, [&](Field const& field) {
        result += (result.empty() ? "" : ", ") + types.client_argument(field) + " " + field.name;
        if (left > 0)
            --left;
        else
            result += field.default_value.empty() ? " = {}" : " = " + field.default_value;
    });
    return result;
}

std::string return_type(Types const& types, Method const& method)
{
    return "Result<" + received_type(types, method) + ">";
}

// The struct to send, made of the function's parameters.
std::string sent_struct(Types const& types, Struct const& params)
{
    if (!params.is_implicit)
        return types.capability_count(params) > 0 ? "std::move(" + struct_parameter(params) + ")"
                                                  : struct_parameter(params);
    std::string result;
    for (auto const& field : params.fields) {
        if (!is_encoded(field))
            continue;
        auto value =
            field.type.kind == Kind::capability ? "std::move(" + field.name + ")" : field.name;
        result += (result.empty() ? "." : ", .") + field.name + " = " + value;
    }
    return "{" + result + "}";
}

void write_leases(Output& out, std::vector<Field const*> const& leases)
{
    out.line("abi::Lease const lent_[] = {");
    for (auto const* field : leases)
        out.line("    sys::lend_", *field->lease == LeaseAccess::in ? "in" : "out", "(",
                 field->name, "),");
    out.line("};");
}

void write_function(Output& out, Types const& types, Interface const& interface,
                    Method const& method)
{
    auto const& params = types.model().struct_of(method.params);
    auto const& results = types.model().struct_of(method.results);
    auto leases = leases_of(params);
    auto call = "sys::invoke<" + descriptor_name(method) + ">(*this, " +
                sent_struct(types, params) + (leases.empty() ? ")" : ", lent_)");
    out.line("inline ", return_type(types, method), " ", interface.full_name.substr(2),
             "::", method.name, "(", parameter_list(types, params), ") const");
    out.line("{");
    {
        Indented body{out};
        if (!leases.empty())
            write_leases(out, leases);
        auto const* only = types.only_result(results);
        if (only == nullptr && !received_type(types, method).empty()) {
            out.line("return ", call, ";");
        } else {
            out.line("auto results_ = ", call, ";");
            out.line("if (!results_) [[unlikely]]");
            out.line("    return fail(results_.error());");
            out.line("return ", only == nullptr ? "{}" : "std::move(results_->" + only->name + ")",
                     ";");
        }
    }
    out.line("}");
    out.line();
}

std::string error_comment(Method const& method)
{
    std::string result;
    for (auto const& error : method.errors)
        result += (result.empty() ? "Errors: " : ", ") + error;
    return result;
}

}  // namespace

std::string received_type(Types const& types, Method const& method)
{
    auto const& results = types.model().struct_of(method.results);
    if (results.is_implicit && types.is_empty(results))
        return "";
    if (auto const* only = types.only_result(results))
        return types.incoming(only->type);
    return types.view(results);
}

void write_client(Output& out, Types const& types, Interface const& interface)
{
    auto base = interface.superclass == 0
                    ? "sys::EndpointHandle"
                    : types.model().interfaces.at(interface.superclass).full_name;
    auto base_name = interface.superclass == 0
                         ? "EndpointHandle"
                         : types.model().interfaces.at(interface.superclass).name;
    out.comment(interface.comment);
    out.line("class ", interface.name, " : public ", base, " {");
    out.line("public:");
    {
        Indented body{out};
        out.line("static constexpr std::uint64_t interface_id = ", hexadecimal(interface.id), ";");
        out.line("using ", base_name, "::", base_name, ";");
        out.line("class Server;");
        write_scalars_in(out, types.model(), interface.id);
        for (auto const* structure : structs_in(types.model(), interface.id))
            declare_struct(out, types, *structure);
        for (auto const& method : interface.methods)
            out.line("struct ", descriptor_name(method), ";");
        for (auto const& method : interface.methods) {
            out.line();
            out.comment(method.comment);
            out.comment(error_comment(method));
            out.line(return_type(types, method), " ", method.name, "(",
                     declared_parameters(types, types.model().struct_of(method.params)),
                     ") const;");
        }
    }
    out.line("};");
    out.line();
}

void write_client_functions(Output& out, Types const& types, Interface const& interface)
{
    for (auto const& method : interface.methods)
        write_function(out, types, interface, method);
}
