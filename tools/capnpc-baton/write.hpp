// The parts of a generated header, in the order in which they are written. Each kind of declaration
// has a source file of its own.
#pragma once
#include "tools/capnpc-baton/output.hpp"
#include "tools/capnpc-baton/types.hpp"

// The whole header of one schema file.
std::string write_header(Types const& types, File const& file);

void write_constant(Output& out, Constant const& constant);
void write_enum(Output& out, Enum const& declaration);

// Constants and enums whose scope this is.
void write_scalars_in(Output& out, Model const& model, Id scope);

// Declares a struct and its view, in their scope.
void declare_struct(Output& out, Types const& types, Struct const& structure);
// `name` is the unqualified one, or one qualified by the interface that the struct belongs to.
void write_struct(Output& out, Types const& types, Struct const& structure,
                  std::string const& name);
// What has to follow the struct: functions that need it complete.
void write_struct_functions(Output& out, Types const& types, Struct const& structure);

// The client class, with its functions declared.
void write_client(Output& out, Types const& types, Interface const& interface);
void write_client_functions(Output& out, Types const& types, Interface const& interface);

// The descriptors of its methods: `struct File::ReadCall`.
void write_descriptors(Output& out, Types const& types, Interface const& interface);

void write_server(Output& out, Types const& types, Interface const& interface);

// The name of a method's descriptor: ReadCall.
std::string descriptor_name(Method const& method);
// What the client's function returns in its Result, and the server's; empty: nothing.
std::string received_type(Types const& types, Method const& method);
std::string answer_type(Types const& types, Method const& method);

// Calls `each(field)` with the fields that are parameters of the method's functions.
template <class Each>
void for_each_parameter(Struct const& params, Each each)
{
    for (auto const& field : params.fields)
        if (is_encoded(field) || field.lease)
            each(field);
}
