// What generated code uses of this library.
#pragma once
#include "lib/codec/builder.hpp"
#include "lib/codec/list.hpp"
#include "lib/codec/message.hpp"
#include "lib/codec/registers.hpp"
