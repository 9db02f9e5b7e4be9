#include "tools/capnpc-baton/schema_index.hpp"
#include "tools/capnpc-baton/names.hpp"

SchemaIndex::SchemaIndex(capnp::schema::CodeGeneratorRequest::Reader request)
{
    for (auto node : request.getNodes())
        nodes_.emplace(node.getId(), node);
    for (auto source : request.getSourceInfo())
        sources_.emplace(source.getId(), source);
}

Id SchemaIndex::scope(Id id) const
{
    auto found = implicit_.find(id);
    return found != implicit_.end() ? found->second.first : nodes_.at(id).getScopeId();
}

Id SchemaIndex::file_of(Id id) const
{
    while (scope(id) != 0)
        id = scope(id);
    return id;
}

std::string SchemaIndex::name(Id id) const
{
    auto found = implicit_.find(id);
    if (found != implicit_.end())
        return found->second.second;
    auto node = nodes_.at(id);
    return pascal_case(node.getDisplayName().cStr() + node.getDisplayNamePrefixLength());
}

std::string SchemaIndex::full_name(Id id) const
{
    std::string result = name(id);
    for (id = scope(id); scope(id) != 0; id = scope(id))
        result = name(id) + "::" + result;
    return "::" + result;
}

void SchemaIndex::name_implicit(Id id, Id interface, std::string name)
{
    implicit_[id] = {interface, std::move(name)};
}

std::string SchemaIndex::comment(Id id) const
{
    auto found = sources_.find(id);
    return found == sources_.end() ? "" : found->second.getDocComment().cStr();
}

std::string SchemaIndex::member_comment(Id id, std::uint32_t member) const
{
    auto found = sources_.find(id);
    if (found == sources_.end() || member >= found->second.getMembers().size())
        return "";
    return found->second.getMembers()[member].getDocComment().cStr();
}

std::optional<capnp::schema::Value::Reader> find_annotation(Annotations annotations, Id id)
{
    for (auto annotation : annotations)
        if (annotation.getId() == id)
            return annotation.getValue();
    return {};
}
