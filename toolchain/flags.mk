# Compilers and their flags: for the kernel, for user programs, and for this machine.
CROSS ?= riscv64-linux-gnu-
target_cc := $(CROSS)gcc
target_cxx := $(CROSS)g++
gcc_major := $(shell $(target_cxx) -dumpversion 2>/dev/null)

# Warnings are errors with the compiler that the tests run with; newer ones may know new warnings.
# GCC 14 warns of the error in a Result that has none, which nobody reads.
strict := $(if $(filter 12,$(gcc_major)),-Werror,-Wno-maybe-uninitialized)
warnings_c := -Wall -Wextra -Wconversion -Wundef $(strict)
warnings := $(warnings_c) -Wold-style-cast -Wshadow=local
dependencies = -MMD -MP -MF $(@:.o=.d)
# What the compiler writes does not depend on the folder that the repository is in.
reproducible := -ffile-prefix-map=$(CURDIR)=.

freestanding := -O2 -g -ffreestanding -mcmodel=medany -fno-pic -fno-pie -fno-omit-frame-pointer \
                -ffunction-sections -fdata-sections $(reproducible)
language_cxx := -std=c++23 -fno-exceptions -fno-rtti -fno-threadsafe-statics
language_c := -std=c17

# The kernel uses no floating point. Its ABI needs an empty gnu/stubs-lp64.h: see toolchain/gnu.
kernel_flags := $(freestanding) -nostdlib -march=rv64imac_zicsr_zifencei -mabi=lp64 \
                -Itoolchain -I. -Ibuild -flto
kernel_libgcc = $(shell riscv64-unknown-elf-gcc -march=rv64imac -mabi=lp64 -print-libgcc-file-name)

# User programs see libstdc++'s freestanding headers first (they include_next the C ones), then
# musl's, never the cross compiler's own C library.
compiler_headers := $(dir $(shell $(target_cxx) -print-file-name=include/stddef.h 2>/dev/null))
cxx_headers := /usr/riscv64-linux-gnu/include/c++/$(gcc_major)
libc := $(target)/libc
libc_archive := $(if $(wildcard libc/module.mk),$(libc)/lib/libc.a)
libc_headers := $(if $(libc_archive),-isystem $(libc)/include -isystem $(compiler_headers))
c_headers := $(if $(libc_archive),-nostdinc $(libc_headers))
cxx_header_flags := $(if $(libc_archive),-nostdinc -include toolchain/gnu/no-glibc.h \
    -isystem $(cxx_headers) -isystem $(cxx_headers)/riscv64-linux-gnu $(libc_headers))
# Without small data: the linker would put small constants among it, and it is writable.
user_flags := $(freestanding) -march=rv64gc -mabi=lp64d -msmall-data-limit=0 -I. -Ibuild
# Programs that ask for the library `c++` have all of the language and of its library (libc/libstdc++).
libstdcxx := $(target)/libstdc++
hosted_language_cxx := -std=c++23
hosted_header_flags := -nostdinc -isystem $(libstdcxx)/include/c++ \
    -isystem $(libstdcxx)/include/c++/riscv64-linux-musl $(libc_headers)
hosted_flags := $(filter-out -ffreestanding,$(user_flags))
user_libgcc := $(shell $(target_cc) -print-libgcc-file-name 2>/dev/null)
user_link_flags := -nostdlib -static -no-pie -Wl,--build-id=none -Wl,--gc-sections \
    -Wl,-Ttext-segment=0x200000 -Wl,-z,max-page-size=4096 -Wl,-z,separate-code \
    -Wl,-z,noexecstack -Wl,--no-dynamic-linker -Wl,--no-warn-rwx-segments

# gtest must not include <cxxabi.h>, whose namespace alias `abi` is the name of ours.
# What only the machine can do (lib/machine) is in unit tests what tests/unit/include has instead.
host_flags := -DGTEST_HAS_CXXABI_H_=0 -g1 -Itests/unit/include -I. -Ibuild -I$(host) \
              -fno-omit-frame-pointer $(reproducible)
sanitizers := -fsanitize=address,undefined -fno-sanitize-recover=undefined
