#include "tools/capnpc-baton/order.hpp"
#include "tools/capnpc-baton/load.hpp"
#include <set>

namespace {

class Sorter {
public:
    Sorter(Model const& model, std::vector<Struct const*> const& siblings) : model_{model}
    {
        for (auto const* sibling : siblings)
            siblings_.insert(sibling->id);
        for (auto const* sibling : siblings)
            visit(*sibling);
    }

    std::vector<Struct const*> result() && { return std::move(result_); }

private:
    void visit(Struct const& structure)
    {
        if (done_.count(structure.id) != 0)
            return;
        if (!entered_.insert(structure.id).second)
            throw Unsupported(structure.display_name +
                              ": has a part that needs it to be complete; declare that outside");
        visit_needs_of(structure, structure);
        done_.insert(structure.id);
        result_.push_back(&structure);
    }

    // What the fields of `inner`, which is `outer` or part of it, are made of.
    void visit_needs_of(Struct const& outer, Struct const& inner)
    {
        for (auto const& field : inner.fields)
            visit_need(outer, field.type);
        for (auto const* nested : structs_in(model_, inner.id))
            visit_needs_of(outer, *nested);
    }

    void visit_need(Struct const& outer, Type const& type)
    {
        bool is_list = type.kind == Kind::list && type.element->kind == Kind::structure;
        if (!is_list && type.kind != Kind::structure)
            return;
        auto id = is_list ? type.element->id : type.id;
        auto const* needed = sibling_of(id);
        // A list needs no more than the name of its elements, which a part of a struct has only
        // when the struct is complete.
        bool by_name = is_list && needed != nullptr && needed->id == id;
        if (needed != nullptr && needed != &outer && !by_name)
            visit(*needed);
    }

    // The sibling that the struct is, or is a part of.
    Struct const* sibling_of(Id id) const
    {
        for (auto found = model_.structs.find(id); found != model_.structs.end();
             found = model_.structs.find(found->second.scope))
            if (siblings_.count(found->first) != 0)
                return &found->second;
        return nullptr;
    }

    Model const& model_;
    std::set<Id> siblings_;
    std::set<Id> entered_;
    std::set<Id> done_;
    std::vector<Struct const*> result_;
};

}  // namespace

std::vector<Struct const*> in_order(Model const& model, std::vector<Struct const*> const& siblings)
{
    return Sorter{model, siblings}.result();
}

std::vector<Struct const*> structs_in(Model const& model, Id scope)
{
    std::vector<Struct const*> result;
    for (auto id : model.order)
        if (auto found = model.structs.find(id); found != model.structs.end())
            if (found->second.scope == scope)
                result.push_back(&found->second);
    return result;
}
