// What a schema says, in the terms that the generator writes: names are C++ names, defaults are C++
// expressions, everything that is not supported has been refused.
#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

using Id = std::uint64_t;

enum class Kind {
    nothing,  // Void: takes part in no code
    boolean,
    number,
    text,
    data,
    list,
    enumeration,
    structure,
    capability,
};

struct Type {
    Kind kind = Kind::nothing;
    std::string name;  // number: C++ type; enumeration, structure, capability: full name
    Id id = 0;         // enumeration, structure, capability
    std::shared_ptr<Type> element;  // list
};

enum class LeaseAccess { in, out };

struct Field {
    std::string name;
    std::string comment;
    Type type;
    std::uint32_t offset = 0;     // scalars: in units of the type; pointers: index
    std::string default_value;    // C++ expression; empty: zero
    bool states_default = false;  // the schema does, be it zero
    std::optional<LeaseAccess> lease;
    std::uint32_t lease_index = 0;
};

struct Struct {
    Id id = 0;
    Id scope = 0;
    bool is_implicit = false;  // the parameters or results of a method
    std::string name;          // unqualified
    std::string full_name;
    std::string display_name;  // for messages
    std::string comment;
    std::uint16_t data_words = 0;
    std::uint16_t pointer_count = 0;
    std::vector<Field> fields;  // in the order of the schema's text, leases included
};

struct Enumerator {
    std::string name;
    std::string comment;
};

struct Enum {
    Id id = 0;
    Id scope = 0;
    std::string name;
    std::string comment;
    std::vector<Enumerator> values;
};

struct Constant {
    Id scope = 0;
    bool scope_is_type = false;
    std::string name;
    std::string comment;
    std::string type;
    std::string value;
};

struct Method {
    std::string name;
    std::string comment;
    std::uint16_t ordinal = 0;
    Id params = 0;
    Id results = 0;
    bool idempotent = false;
    std::vector<std::string> errors;
};

struct Interface {
    Id id = 0;
    Id scope = 0;
    bool is_kernel_object = false;
    std::string name;
    std::string full_name;
    std::string display_name;
    std::string comment;
    Id superclass = 0;  // 0: none
    std::vector<Method> methods;
};

// One schema file that code is written for.
struct File {
    Id id = 0;
    std::string path;  // of the schema, from the repository's root
    std::string comment;
    std::vector<std::string> includes;  // generated headers
};

// Declarations of the requested files and of all that they import.
struct Model {
    std::map<Id, Struct> structs;
    std::map<Id, Enum> enums;
    std::map<Id, Interface> interfaces;
    std::vector<Constant> constants;
    std::vector<File> files;   // requested
    std::map<Id, Id> file_of;  // of every declaration
    std::vector<Id> order;     // of all declarations, as in their files

    Struct const& struct_of(Id id) const { return structs.at(id); }
};
