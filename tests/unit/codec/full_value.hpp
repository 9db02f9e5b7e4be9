// A value in which every field differs from its default. It points into static memory.
#pragma once
#include "generated/tests/unit/codec/everything.hpp"

Everything full_value();
