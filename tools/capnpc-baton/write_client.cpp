// Typed clients and the descriptors of their methods.
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

// `leases` and `errors` are arrays, of no elements where there are none.
std::string array_of(std::string const& type, std::vector<std::string> const& values)
{
    std::string list;
    for (auto const& value : values)
        list += (list.empty() ? "" : ", ") + value;
    return "std::array<" + type + ", " + std::to_string(values.size()) + ">{" + list + "}";
}

void write_pack(Output& out, Types const& types, Method const& method)
{
    auto const& results = types.model().struct_of(method.results);
    auto answer = answer_type(types, method);
    if (answer.empty())
        return;
    if (auto const* only = types.only_result(results))
        out.line("static Results pack(Answer&& answer) { return {.", only->name,
                 " = std::move(answer)}; }");
    else
        out.line("static Results&& pack(Answer&& answer) { return std::move(answer); }");
}

void write_descriptor(Output& out, Types const& types, Interface const& interface,
                      Method const& method)
{
    auto const& params = types.model().struct_of(method.params);
    std::vector<std::string> leases;
    for (auto const* field : leases_of(params))
        leases.push_back(*field->lease == LeaseAccess::in ? "abi::Lease::in" : "abi::Lease::out");
    std::vector<std::string> errors;
    for (auto const& error : method.errors)
        errors.push_back("Status::" + error);
    auto answer = answer_type(types, method);

    out.line("struct ", interface.full_name.substr(2), "::", descriptor_name(method), " {");
    {
        Indented body{out};
        out.line("using Params = ", params.full_name, ";");
        out.line("using Results = ", types.model().struct_of(method.results).full_name, ";");
        out.line("using Answer = ", answer.empty() ? "void" : answer, ";");
        out.line("static constexpr std::uint64_t label = sys::method_label(interface_id, ",
                 method.ordinal, ");");
        out.line("static constexpr bool idempotent = ", method.idempotent ? "true;" : "false;");
        out.line("static constexpr auto leases = ", array_of("abi::Word", leases), ";");
        out.line("static constexpr auto errors = ", array_of("Status", errors), ";");
        write_pack(out, types, method);
    }
    out.line("};");
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

std::string descriptor_name(Method const& method)
{
    std::string result;
    bool upper = true;
    for (char c : method.name) {
        if (c != '_')
            result += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = c == '_';
    }
    return result + "Call";
}

std::string received_type(Types const& types, Method const& method)
{
    auto const& results = types.model().struct_of(method.results);
    if (results.is_implicit && types.is_empty(results))
        return "";
    if (auto const* only = types.only_result(results))
        return types.incoming(only->type);
    return types.view(results);
}

std::string answer_type(Types const& types, Method const& method)
{
    auto const& results = types.model().struct_of(method.results);
    if (results.is_implicit && types.is_empty(results))
        return "";
    auto const* only = types.only_result(results);
    if (only == nullptr)
        return results.full_name;
    return only->type.kind == Kind::capability ? only->type.name : types.outgoing(only->type);
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
                     parameter_list(types, types.model().struct_of(method.params)), ") const;");
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

void write_descriptors(Output& out, Types const& types, Interface const& interface)
{
    for (auto const& method : interface.methods)
        write_descriptor(out, types, interface, method);
}
