// The order in which structs can be defined: what is contained comes before what contains it.
#pragma once
#include "tools/capnpc-baton/model.hpp"

// `siblings` are the structs of one scope, or of a file and its interfaces. Throws Unsupported if
// there is no such order.
std::vector<Struct const*> in_order(Model const& model, std::vector<Struct const*> const& siblings);

std::vector<Struct const*> structs_in(Model const& model, Id scope);
