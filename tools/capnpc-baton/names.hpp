// Names: from the schema's camelCase to the repository's snake_case, and away from what C++ keeps
// for itself.
#pragma once
#include <string>
#include <string_view>

// "firstBlock" -> "first_block", "openHTTPFile" -> "open_http_file"; keywords get a '_' behind.
std::string snake_case(std::string_view name);

// "readBlock" -> "ReadBlock".
std::string pascal_case(std::string_view name);

// The name of a struct's field, or of a method, beside the members that the generator adds.
std::string field_name(std::string_view name);
std::string method_name(std::string_view name);

// "a", b\n -> "\"a\", b\n" in quotes.
std::string string_literal(std::string_view text);
