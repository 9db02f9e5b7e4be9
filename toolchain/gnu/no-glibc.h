// Read before all else in user programs. The cross compiler's libstdc++ was configured for glibc;
// this takes back what musl does not have, so that its headers compile with musl's. Names here are
// glibc's. Streams and locales compile because <memory> reads them; nothing of them can be linked.
#pragma once
#define __GLIBC_PREREQ(major, minor) 0
#include <bits/c++config.h>
#undef _GLIBCXX_HAS_GTHREADS

// From version 13 on -ffreestanding hides headers of which musl has all that they need.
#undef _GLIBCXX_HOSTED
#define _GLIBCXX_HOSTED 1

typedef struct __locale_struct* __locale_t;

enum {
    _ISupper = 1 << 0,
    _ISlower = 1 << 1,
    _ISalpha = 1 << 2,
    _ISdigit = 1 << 3,
    _ISxdigit = 1 << 4,
    _ISspace = 1 << 5,
    _ISprint = 1 << 6,
    _ISblank = 1 << 8,
    _IScntrl = 1 << 9,
    _ISpunct = 1 << 10,
};
