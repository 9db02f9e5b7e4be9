#include "tools/capnpc-baton/names.hpp"
#include <cctype>
#include <set>

namespace {

bool is_upper(char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; }
char to_lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }
char to_upper(char c) { return static_cast<char>(std::toupper(static_cast<unsigned char>(c))); }

std::set<std::string_view> const keywords = {
    "alignas",      "alignof",    "and",       "asm",       "auto",          "bool",
    "break",        "case",       "catch",     "char",      "class",         "concept",
    "const",        "consteval",  "constexpr", "constinit", "continue",      "decltype",
    "default",      "delete",     "do",        "double",    "else",          "enum",
    "explicit",     "export",     "extern",    "false",     "float",         "for",
    "friend",       "goto",       "if",        "inline",    "int",           "long",
    "mutable",      "namespace",  "new",       "noexcept",  "not",           "nullptr",
    "operator",     "or",         "private",   "protected", "public",        "register",
    "requires",     "return",     "short",     "signed",    "sizeof",        "static",
    "struct",       "switch",     "template",  "this",      "thread_local",  "throw",
    "true",         "try",        "typedef",   "typeid",    "typename",      "union",
    "unsigned",     "using",      "virtual",   "void",      "volatile",      "while",
    "xor",          "co_await",   "co_return", "co_yield",  "static_assert", "static_cast",
    "dynamic_cast", "const_cast", "char8_t",   "char16_t",  "char32_t",      "wchar_t",
    "bitand",       "bitor",      "compl",     "and_eq",    "or_eq",         "not_eq",
};

// Members that the generator adds. What it declares inside functions ends in '_', which no name
// of a schema does.
std::set<std::string_view> const struct_members = {
    "capability_count", "decode", "encode", "flat", "layout", "release", "shape",
};

std::set<std::string_view> const client_members = {
    "closed", "dispatch", "interface_id", "passed_rights", "release", "value",
};

std::string beside(std::set<std::string_view> const& taken, std::string name)
{
    return taken.count(name) != 0 ? name + "_" : name;
}

}  // namespace

std::string snake_case(std::string_view name)
{
    std::string result;
    for (std::size_t i = 0; i < name.size(); ++i) {
        bool after_lower = i > 0 && !is_upper(name[i - 1]) && name[i - 1] != '_';
        bool ends_run = i > 0 && is_upper(name[i - 1]) && i + 1 < name.size() &&
                        !is_upper(name[i + 1]) && name[i + 1] != '_';
        if (is_upper(name[i]) && (after_lower || ends_run))
            result += '_';
        result += to_lower(name[i]);
    }
    return beside(keywords, result);
}

std::string pascal_case(std::string_view name)
{
    std::string result{name};
    if (!result.empty())
        result[0] = to_upper(result[0]);
    return result;
}

std::string field_name(std::string_view name) { return beside(struct_members, snake_case(name)); }
std::string method_name(std::string_view name) { return beside(client_members, snake_case(name)); }

std::string string_literal(std::string_view text)
{
    std::string result = "\"";
    for (char c : text) {
        auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\')
            result += std::string{'\\', c};
        else if (std::isprint(byte) != 0)
            result += c;
        else
            result +=
                {'\\', static_cast<char>('0' + (byte >> 6)),
                 static_cast<char>('0' + (byte >> 3 & 7)), static_cast<char>('0' + (byte & 7))};
    }
    return result + "\"";
}
