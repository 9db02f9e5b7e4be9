// Read before all else in user programs: the C library is musl, so no glibc feature is there.
#pragma once
#define __GLIBC_PREREQ(major, minor) 0
