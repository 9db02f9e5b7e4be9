// Finds nodes of the request by id: their full C++ names, comments and annotations.
#pragma once
#include "tools/capnpc-baton/model.hpp"
#include <capnp/schema.capnp.h>
#include <map>
#include <optional>
#include <string>

using Node = capnp::schema::Node;

// The ids of interfaces/annotations.capnp.
namespace annotation {
inline constexpr Id file = 0xefecdec04fa6dd01;
inline constexpr Id errors = 0xf1f5ecf775258fc1;
inline constexpr Id idempotent = 0x9bce028ba6c26459;
inline constexpr Id lease = 0x9e5223618f3c5a73;
inline constexpr Id kernel_object = 0xa349a0d182d905ab;
}  // namespace annotation

class SchemaIndex {
public:
    explicit SchemaIndex(capnp::schema::CodeGeneratorRequest::Reader request);

    bool has(Id id) const { return nodes_.count(id) != 0; }
    Node::Reader node(Id id) const { return nodes_.at(id); }
    Id file_of(Id id) const;

    // The unqualified C++ name. Parameters and results of methods have no name in the schema:
    // `name_implicit` gives them one and puts them into their interface.
    std::string name(Id id) const;
    std::string full_name(Id id) const;
    void name_implicit(Id id, Id interface, std::string name);
    Id scope(Id id) const;

    // For messages: "interfaces/file.capnp:File".
    std::string display_name(Id id) const { return nodes_.at(id).getDisplayName().cStr(); }

    std::string comment(Id id) const;
    std::string member_comment(Id id, std::uint32_t member) const;

private:
    std::map<Id, Node::Reader> nodes_;
    std::map<Id, Node::SourceInfo::Reader> sources_;
    std::map<Id, std::pair<Id, std::string>> implicit_;  // scope and name
};

using Annotations = capnp::List<capnp::schema::Annotation>::Reader;
std::optional<capnp::schema::Value::Reader> find_annotation(Annotations annotations, Id id);
