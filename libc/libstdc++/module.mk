# The C++ library with exceptions, streams, threads and all, for programs that ask for the library
# `c++`: toolchain/programs.mk compiles them with its headers. Its version is the compiler's.
gcc_version := $(shell $(target_cxx) -dumpfullversion 2>/dev/null)
gcc_source := build/sources/gcc-$(gcc_major).orig.tar

library := unwinding
$(eval $(build_library))
library_c++ := $(libstdcxx)/lib/libstdc++.a $(library_unwinding) \
    $(shell $(target_cxx) -print-file-name=libgcc_eh.a 2>/dev/null)

$(gcc_source): $(here)/source.txt
	$(call say,FETCH,gcc-$(gcc_major))
	$(quiet)tools/fetch-source gcc-$(gcc_major) $< $@

# Its configure links programs, to find out what the C library has.
$(libstdcxx)/lib/libstdc++.a: $(gcc_source) $(here)/build | $(port_cc) $(port_cxx) $$(port_libraries)
	$(call say,LIBSTDC++,$@)
	$(quiet)libc/libstdc++/build $< $(gcc_version) $(target)/libstdc++.work $(libstdcxx) \
	    $(port_cc) $(port_cxx) $(CROSS)
