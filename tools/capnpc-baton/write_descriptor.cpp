// The descriptors of methods: types and constants that lib/sys works with.
#include "tools/capnpc-baton/write.hpp"

namespace {

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
        out.line("static constexpr std::string_view name = \"", interface.full_name.substr(2),
                 "::", method.name, "\";");
        out.line("static constexpr bool idempotent = ", method.idempotent ? "true;" : "false;");
        out.line("static constexpr auto leases = ", array_of("abi::Word", leases), ";");
        out.line("static constexpr auto errors = ", array_of("Status", errors), ";");
        write_pack(out, types, method);
    }
    out.line("};");
    out.line();
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

void write_descriptors(Output& out, Types const& types, Interface const& interface)
{
    for (auto const& method : interface.methods)
        write_descriptor(out, types, interface, method);
}
