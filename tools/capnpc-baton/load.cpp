#include "tools/capnpc-baton/load.hpp"
#include "tools/capnpc-baton/load_types.hpp"
#include "tools/capnpc-baton/names.hpp"
#include <algorithm>

namespace {

namespace schema = capnp::schema;

class Loader {
public:
    explicit Loader(schema::CodeGeneratorRequest::Reader request)
        : request_{request}, index_{request}
    {
    }

    Model load()
    {
        for (auto file : request_.getRequestedFiles())
            model_.files.push_back(load_file(file));
        for (auto node : request_.getNodes())
            if (node.isInterface())
                name_method_structs(node);
        for (auto node : request_.getNodes())
            if (index_.file_of(node.getId()) != annotation::file)
                load_node(node);
        return std::move(model_);
    }

private:
    File load_file(schema::CodeGeneratorRequest::RequestedFile::Reader file)
    {
        File result{file.getId(), file.getFilename().cStr(), index_.comment(file.getId()), {}};
        for (auto import : file.getImports())
            if (import.getId() != annotation::file && has_declarations(import.getId()))
                result.includes.push_back(index_.display_name(import.getId()));
        std::sort(result.includes.begin(), result.includes.end());
        return result;
    }

    // Files of annotations, such as the official C++ generator's, become no code. A node that the
    // compiler left out of the request is used by nobody.
    bool has_declarations(Id file)
    {
        for (auto nested : index_.node(file).getNestedNodes())
            if (index_.has(nested.getId()) && !index_.node(nested.getId()).isAnnotation())
                return true;
        return false;
    }

    // `open (path :Text) -> (file :File)` has the structs OpenParams and OpenResults.
    void name_method_structs(Node::Reader node)
    {
        for (auto method : node.getInterface().getMethods()) {
            auto name = pascal_case(method.getName().cStr());
            name_if_implicit(method.getParamStructType(), node.getId(), name + "Params");
            name_if_implicit(method.getResultStructType(), node.getId(), name + "Results");
        }
    }

    void name_if_implicit(Id id, Id interface, std::string const& name)
    {
        if (index_.node(id).getScopeId() == 0)
            index_.name_implicit(id, interface, name);
    }

    void load_node(Node::Reader node)
    {
        auto id = node.getId();
        if (node.getIsGeneric())
            throw Unsupported(index_.display_name(id) + ": type parameters are not supported");
        model_.order.push_back(id);
        model_.file_of[id] = index_.file_of(id);
        if (node.isStruct())
            model_.structs[id] = load_struct(node);
        else if (node.isEnum())
            model_.enums[id] = load_enum(node);
        else if (node.isInterface())
            model_.interfaces[id] = load_interface(node);
        else if (node.isConst())
            load_constant(node);
    }

    Struct load_struct(Node::Reader node)
    {
        auto id = node.getId();
        auto body = node.getStruct();
        if (body.getDiscriminantCount() != 0)
            throw Unsupported(index_.display_name(id) + ": unions are not supported");
        Struct result;
        result.id = id;
        result.scope = index_.scope(id);
        result.is_implicit = node.getScopeId() == 0;
        result.name = index_.name(id);
        result.full_name = index_.full_name(id);
        result.display_name = index_.display_name(id);
        result.comment = index_.comment(id);
        result.data_words = body.getDataWordCount();
        result.pointer_count = body.getPointerCount();
        load_fields(result, body.getFields());
        return result;
    }

    void load_fields(Struct& result, capnp::List<schema::Field>::Reader fields)
    {
        std::vector<std::uint32_t> order(fields.size());
        std::uint32_t lease_count = 0;
        std::map<std::uint32_t, std::uint32_t> lease_indices;
        for (std::uint32_t i = 0; i < fields.size(); ++i) {
            order[i] = i;
            if (find_annotation(fields[i].getAnnotations(), annotation::lease))
                lease_indices[i] = lease_count++;
        }
        if (lease_count > 4)
            throw Unsupported(index_.display_name(result.id) + ": more than 4 leases");
        std::sort(order.begin(), order.end(), [&](auto a, auto b) {
            return fields[a].getCodeOrder() < fields[b].getCodeOrder();
        });
        for (auto i : order) {
            auto field = load_field(result, fields[i], i);
            field.lease_index = lease_indices[i];
            result.fields.push_back(std::move(field));
        }
    }

    Field load_field(Struct const& owner, schema::Field::Reader field, std::uint32_t member)
    {
        auto where = index_.display_name(owner.id) + "." + field.getName().cStr();
        if (!field.isSlot())
            throw Unsupported(where + ": groups are not supported");
        auto slot = field.getSlot();
        Field result;
        result.name = field_name(field.getName().cStr());
        result.comment = index_.member_comment(owner.id, member);
        result.type = load_type(index_, slot.getType(), where);
        result.offset = slot.getOffset();
        result.default_value = load_value(index_, result.type, slot.getDefaultValue(), where);
        result.states_default = slot.getHadExplicitDefault();
        if (auto lease = find_annotation(field.getAnnotations(), annotation::lease)) {
            if (result.type.kind != Kind::data || !owner.is_implicit)
                throw Unsupported(where + ": only Data parameters of methods can be leases");
            result.lease = lease->getEnum() == 0 ? LeaseAccess::in : LeaseAccess::out;
        }
        return result;
    }

    Enum load_enum(Node::Reader node)
    {
        auto id = node.getId();
        Enum result{id, index_.scope(id), index_.name(id), index_.comment(id), {}};
        auto values = node.getEnum().getEnumerants();
        for (std::uint32_t i = 0; i < values.size(); ++i)
            result.values.push_back(
                {snake_case(values[i].getName().cStr()), index_.member_comment(id, i)});
        return result;
    }

    Interface load_interface(Node::Reader node)
    {
        auto id = node.getId();
        Interface result;
        result.id = id;
        result.scope = index_.scope(id);
        result.is_kernel_object =
            find_annotation(node.getAnnotations(), annotation::kernel_object).has_value();
        result.name = index_.name(id);
        result.full_name = index_.full_name(id);
        result.display_name = index_.display_name(id);
        result.comment = index_.comment(id);
        auto superclasses = node.getInterface().getSuperclasses();
        if (superclasses.size() > 1)
            throw Unsupported(index_.display_name(id) + ": more than one superclass");
        if (superclasses.size() == 1)
            result.superclass = superclasses[0].getId();
        if (result.scope != index_.file_of(id))
            throw Unsupported(index_.display_name(id) + ": interfaces inside other declarations");
        load_methods(result, node.getInterface().getMethods());
        return result;
    }

    void load_methods(Interface& result, capnp::List<schema::Method>::Reader methods)
    {
        if (result.is_kernel_object && methods.size() != 0)
            throw Unsupported(index_.display_name(result.id) + ": a kernel object has no methods");
        std::vector<std::uint16_t> order;
        for (std::uint16_t i = 0; i < methods.size(); ++i)
            order.push_back(i);
        std::sort(order.begin(), order.end(), [&](auto a, auto b) {
            return methods[a].getCodeOrder() < methods[b].getCodeOrder();
        });
        for (auto i : order)
            result.methods.push_back(load_method(result.id, methods[i], i));
    }

    Method load_method(Id interface, schema::Method::Reader method, std::uint16_t ordinal)
    {
        Method result;
        result.name = method_name(method.getName().cStr());
        result.comment = index_.member_comment(interface, ordinal);
        result.ordinal = ordinal;
        result.params = method.getParamStructType();
        result.results = method.getResultStructType();
        auto annotations = method.getAnnotations();
        result.idempotent = find_annotation(annotations, annotation::idempotent).has_value();
        if (auto errors = find_annotation(annotations, annotation::errors))
            result.errors = load_errors(*errors);
        return result;
    }

    // The annotation's type is List(Status); Status has the numbers and names of abi::Status.
    std::vector<std::string> load_errors(schema::Value::Reader value)
    {
        std::vector<std::string> result;
        auto names = status_names();
        for (auto number : value.getList().getAs<capnp::List<std::uint16_t>>())
            result.push_back(names.at(number));
        return result;
    }

    std::vector<std::string> status_names()
    {
        std::vector<std::string> result;
        for (auto nested : index_.node(annotation::file).getNestedNodes())
            if (nested.getName() == "Status")
                for (auto value : index_.node(nested.getId()).getEnum().getEnumerants())
                    result.push_back(snake_case(value.getName().cStr()));
        return result;
    }

    // Constants of types that take an encoded message are for the tools: `capnp eval`.
    void load_constant(Node::Reader node)
    {
        auto id = node.getId();
        auto where = index_.display_name(id);
        auto type = load_type(index_, node.getConst().getType(), where);
        if (type.kind == Kind::list || type.kind == Kind::structure || type.kind == Kind::data ||
            type.kind == Kind::capability || type.kind == Kind::nothing)
            return;
        auto value = load_value(index_, type, node.getConst().getValue(), where);
        auto name = node.getDisplayName().cStr() + node.getDisplayNamePrefixLength();
        model_.constants.push_back({index_.scope(id), index_.scope(id) != index_.file_of(id),
                                    snake_case(name), index_.comment(id), type.name, value});
        model_.file_of[id] = index_.file_of(id);
    }

    schema::CodeGeneratorRequest::Reader request_;
    SchemaIndex index_;
    Model model_;
};

}  // namespace

Model load(schema::CodeGeneratorRequest::Reader request) { return Loader{request}.load(); }
