// What clients are told about a node, and what they may say.
#pragma once
#include "generated/interfaces/file.hpp"
#include "servers/fs/tree/view.hpp"

Kind kind_of(fs::Kind kind);
Attributes attributes_of(fs::NodeRef const& node);

// A change as a client asks for it. Errors: bad_argument.
Result<> change_attributes(fs::View const& view, fs::NodeRef const& node,
                           AttributeChange const& change, fs::Clock& clock);
