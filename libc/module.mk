# The C library: musl from Debian's source package, and libc/sys below it. Every program is linked
# with both, with lib/sys and what that needs; one that wants files asks for the library `posix`.
libc_libraries := os sys codec

build/sources/musl.orig.tar: libc/musl/source.txt tools/fetch-source
	$(call say,FETCH,musl)
	$(quiet)tools/fetch-source musl $< $@

$(libc)/lib/libc.a: build/sources/musl.orig.tar libc/musl/build libc/musl/dropped.txt \
    $(shell find libc/musl/overlay -type f)
	$(call say,MUSL,$@)
	$(quiet)libc/musl/build $< $(libc)/musl $(libc) $(CROSS)

$(addprefix $(libc)/lib/,crt1.o crti.o crtn.o): $(libc)/lib/libc.a ;
