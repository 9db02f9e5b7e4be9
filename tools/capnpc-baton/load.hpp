// Loads what `capnp compile` says about a set of schema files.
#pragma once
#include "tools/capnpc-baton/model.hpp"
#include <capnp/schema.capnp.h>
#include <stdexcept>

// A schema uses something that generated code could not honour. The text names the declaration.
struct Unsupported : std::runtime_error {
    using std::runtime_error::runtime_error;
};

Model load(capnp::schema::CodeGeneratorRequest::Reader request);
