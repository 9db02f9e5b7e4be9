# Ports: other people's programs, built from Debian's source packages. docs/writing-a-port.md tells
# how to add one. A module.mk in userland/ports/<name>/ sets
#
#   port      name of the port
#   package   Debian's source package
#   versions  rows `version sha256`: the upstream versions that will do, and their .orig.tar
#   compile   shell commands, run in the unpacked source; they may link to see what is there
#   link      shell commands, run there after `compile` and again when our libraries have changed;
#             what they put below $ROOT goes onto the disk image
#   install   folder of the disk image that $ROOT becomes; without it, its root
#
# then evaluates build_port. The commands find $CC, which compiles and links for Baton, $HOST_CC,
# $CROSS (the prefix of the other tools), $JOBS and $PORT, the folder of the module.mk.
ports := $(target)/ports
port_cc := $(ports)/cc
port_cxx := $(ports)/c++

# Both are kept as they are written: a $ in them is the shell's.
define build_port
define compile_$(port)
$(value compile)
endef
define link_$(port)
$(value link)
endef

build/sources/$(package).orig.tar: $(here)/module.mk tools/fetch-source
	$$(call say,FETCH,$(package))
	$$(quiet)tools/fetch-source $(package) $$< $$@

$(ports)/$(port).compiled: export commands = $$(value compile_$(port))
$(ports)/$(port).compiled: private port_folder := $(here)
$(ports)/$(port).compiled: build/sources/$(package).orig.tar $(wildcard $(here)/*) tools/build-port \
    | $(port_cc) $$$$(port_libraries)
	$$(call say,PORT,$(port))
	$$(quiet)$$(port_environment) tools/build-port compile $(ports)/$(port) $$@ $$<

$(ports)/$(port).tar: export commands = $$(value link_$(port))
$(ports)/$(port).tar: private port_folder := $(here)
$(ports)/$(port).tar: $(ports)/$(port).compiled $(port_cc) $$$$(port_libraries)
	$$(call say,LINK,$(port))
	$$(quiet)$$(port_environment) tools/build-port link $(ports)/$(port) $$@

programs += $(ports)/$(port).tar
installed += $(or $(install),.)=$(ports)/$(port).tar
$(forget_port)
endef

define forget_port
port :=
package :=
versions :=
compile :=
link :=
install :=
endef

port_libraries = $(foreach name,posix $(libc_libraries),$(library_$(name))) $(libc_archive)
port_environment = CC=$(CURDIR)/$(port_cc) HOST_CC=gcc CROSS=$(CROSS) JOBS=$(shell nproc) \
    PORT=$(CURDIR)/$(port_folder)

# The cross compilers with our headers, libraries and addresses instead of their own.
$(port_cc): private compiler := $(target_cc)
$(port_cxx): private compiler := $(target_cxx)
$(port_cc) $(port_cxx): toolchain/ports.mk toolchain/flags.mk tools/make-port-cc libc/module.mk \
    | $(libc_archive)
	$(quiet)mkdir -p $(@D)
	$(quiet)tools/make-port-cc $@ "$(compiler)" "$(port_compile_flags)" \
	    "$(filter-out -nostdlib -static -no-pie,$(user_link_flags))" "$(abspath $(libc))" \
	    "$(abspath $(port_libraries))" "$(user_libgcc)" "$(compiler_headers)"

port_compile_flags := -march=rv64gc -mabi=lp64d -mcmodel=medany -msmall-data-limit=0 -fno-pic \
    -fno-pie -fno-stack-protector -fno-omit-frame-pointer -ffunction-sections -fdata-sections
