// Which C++ types a field has: in a struct that is written, in one that was received, and as the
// argument or the answer of a method.
#pragma once
#include "tools/capnpc-baton/model.hpp"

class Types {
public:
    explicit Types(Model const& model) : model_{model} {}

    // Member of the struct that a sender fills: views of the sender's texts and lists.
    std::string outgoing(Type const& type) const;
    // Member of the View that a receiver gets: views of the message, and handles that it owns.
    std::string incoming(Type const& type) const;
    // The whole struct, received.
    std::string view(Struct const& structure) const;
    // Parameter of the client's function.
    std::string client_argument(Field const& field) const;
    // Parameter of the server's function.
    std::string server_argument(Field const& field) const;

    // The struct is its own View: it has no lists and no capabilities.
    bool is_plain(Struct const& structure) const;
    // It fits the registers of a message: at most four words, no pointers other than leases.
    bool is_flat(Struct const& structure) const;
    bool has_pointers(Struct const& structure) const;
    bool is_comparable(Struct const& structure) const;
    std::size_t capability_count(Struct const& structure) const;

    // A client's function returns the field itself where the results are just one.
    Field const* only_result(Struct const& results) const;
    bool is_empty(Struct const& structure) const;

    Model const& model() const { return model_; }

private:
    Struct const& struct_of(Type const& type) const { return model_.struct_of(type.id); }

    Model const& model_;
};

bool is_pointer(Type const& type);
// Fields that the code knows: neither Void nor leases.
bool is_encoded(Field const& field);
// The leases of a method in the order of their ordinals, which is that of the message.
std::vector<Field const*> leases_of(Struct const& params);
