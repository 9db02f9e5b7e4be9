#include "tools/capnpc-baton/check.hpp"
#include "tools/capnpc-baton/load.hpp"
#include "tools/capnpc-baton/types.hpp"
#include <algorithm>
#include <set>

namespace {

constexpr std::size_t max_capabilities = 8;  // abi::max_message_handles

class Checker {
public:
    explicit Checker(Model const& model) : model_{model}, types_{model} {}

    void check()
    {
        for (auto const& [id, structure] : model_.structs)
            check_containment(structure);
        for (auto const& [id, structure] : model_.structs)
            check_lists(structure);
        for (auto const& [id, interface] : model_.interfaces)
            for (auto const& method : interface.methods)
                check_method(interface, method);
    }

private:
    // Values are inside each other, so no struct can be inside itself.
    void check_containment(Struct const& structure)
    {
        if (checked_.count(structure.id) != 0)
            return;
        if (!entered_.insert(structure.id).second)
            throw Unsupported(structure.display_name +
                              ": a struct cannot contain itself; use a list");
        for (auto const& field : structure.fields)
            if (field.type.kind == Kind::structure)
                check_containment(model_.struct_of(field.type.id));
        checked_.insert(structure.id);
    }

    // Elements are decoded each time they are read; a handle can be taken only once.
    void check_lists(Struct const& structure)
    {
        for (auto const& field : structure.fields)
            if (field.type.kind == Kind::list && field.type.element->kind == Kind::structure &&
                types_.capability_count(model_.struct_of(field.type.element->id)) > 0)
                throw Unsupported(structure.display_name + "." + field.name +
                                  ": lists of structs with capabilities are not supported");
    }

    void check_method(Interface const& interface, Method const& method)
    {
        auto where = interface.display_name + "." + method.name;
        auto const& params = model_.struct_of(method.params);
        auto const& results = model_.struct_of(method.results);
        for (auto const* structure : {&params, &results})
            if (types_.capability_count(*structure) > max_capabilities)
                throw Unsupported(where + ": more than 8 capabilities in a message");
        bool lends_results =
            std::any_of(results.fields.begin(), results.fields.end(),
                        [](Field const& field) { return field.lease.has_value(); });
        if (lends_results)
            throw Unsupported(where + ": results cannot be leases");
    }

    Model const& model_;
    Types types_;
    std::set<Id> entered_;
    std::set<Id> checked_;
};

}  // namespace

void check(Model const& model) { Checker{model}.check(); }
