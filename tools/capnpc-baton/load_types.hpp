// Types and values of the schema as C++ types and expressions.
#pragma once
#include "tools/capnpc-baton/load.hpp"
#include "tools/capnpc-baton/schema_index.hpp"

// `where` names the declaration in messages.
Type load_type(SchemaIndex const& index, capnp::schema::Type::Reader type,
               std::string const& where);

// The C++ expression of a value of that type; empty for zero, false and null.
std::string load_value(SchemaIndex const& index, Type const& type,
                       capnp::schema::Value::Reader value, std::string const& where);
