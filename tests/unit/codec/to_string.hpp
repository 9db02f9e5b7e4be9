// All of a value in one line, so that two of them can be compared.
#pragma once
#include "generated/tests/unit/codec/everything.hpp"
#include <string>

std::string to_string(Everything::View const& value);
