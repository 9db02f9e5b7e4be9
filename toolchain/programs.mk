# What a module.mk can ask for. It sets some of these, then evaluates build_program or build_library:
#
#   program     name of the program             library    name of the library
#   sources     files, relative to the folder; without it, every source below the folder
#   libraries   folders of lib/ to link with: driver sys codec base; posix for files; c++ for all of
#               the C++ library, with exceptions and threads
#   interfaces  schemas whose generated code is used (documentation; all are generated first)
#   install     folder of the disk image that the program goes to: bin, or tests
#   startup     `none`: no C library, the program brings its own _start
#   host_sources  sources that the unit tests link with
# and, for single files, cflags_<path from the root> := more flags.
programs :=
installed :=
libc_libraries :=

sources_in = $(patsubst $(1)/%,%,$(shell find $(1) -name '*.cpp' -o -name '*.c' -o -name '*.S'))
object_of = $(addsuffix .o,$(basename $(1)))

# Sources of the module, from the root; `sources` if it is set.
define module_sources
$(addprefix $(here)/,$(or $(strip $(sources)),$(call sources_in,$(here))))
endef

define forget_module
program :=
library :=
sources :=
interfaces :=
libraries :=
install :=
startup :=
link_flags :=
host_sources :=
endef

define build_library
library_$(library) := $(target)/$(here)/lib$(library).a
$(target)/$(here)/lib$(library).a: $(addprefix $(target)/,$(call object_of,$(module_sources)))
host_source_files += $(addprefix $(here)/,$(host_sources))
$(forget_module)
endef

define use_cxx_library
$(1): private language_cxx := $$(hosted_language_cxx)
$(1): private cxx_header_flags := $$(hosted_header_flags)
$(1): private user_flags := $$(hosted_flags)
$(1): private tidy_user_headers := $$(hosted_header_flags)
$(1): | $$(libstdcxx)/lib/libstdc++.a
endef

define build_program
program_objects := $(addprefix $(target)/,$(call object_of,$(module_sources)))
program_elf := $(target)/$(here)/$(program).elf
$$(program_elf): private objects := $$(program_objects)
$$(program_elf): private libraries := $(libraries)
$$(program_elf): private startup := $(startup)
$$(program_elf): private link_flags := $(link_flags)
$$(program_elf): $$(program_objects)
$(target)/$(here)/$(program): $$(program_elf)
	$$(quiet)$(CROSS)strip -o $$@ $$<
ifneq ($(filter c++,$(libraries)),)
$(call use_cxx_library,$$(program_objects) $(patsubst %,$(target)/lint/%.tidy,$(module_sources)) \
    $(patsubst %,$(target)/lint/%.alone,$(wildcard $(here)/*.hpp)))
$$(program_elf): private link_flags += -Wl,--eh-frame-hdr
endif
program_$(program) := $(target)/$(here)/$(program)
ifneq ($(startup)$(libc_archive),)
programs += $(target)/$(here)/$(program)
installed += $(if $(install),$(install)/$(program)=$(target)/$(here)/$(program))
endif
host_source_files += $(addprefix $(here)/,$(host_sources))
$(forget_module)
endef

.SECONDEXPANSION:

user_libraries = $(foreach name,$(libraries) $(if $(startup),,$(libc_libraries)),\
    $(or $(library_$(name)),$(error $(@): there is no library called $(name))))
user_startup = $(if $(startup),,$(libc)/lib/crt1.o $(libc)/lib/crti.o)
user_closing = $(if $(startup),,$(libc)/lib/crtn.o)

$(target)/%.elf: $$(user_libraries) $$(if $$(startup),,$(libc_archive))
	$(call say,LINK,$*)
	$(quiet)$(target_cxx) $(user_link_flags) $(link_flags) -o $@ $(user_startup) $(objects) \
	    -Wl,--start-group $(user_libraries) $(if $(startup),,$(libc_archive)) $(user_libgcc) \
	    -Wl,--end-group $(user_closing)

$(target)/%.a:
	$(call say,LIBRARY,$*)
	$(quiet)rm -f $@ && $(CROSS)ar rcsD $@ $(filter %.o,$^)

# Objects need the generated headers and musl's before they can be compiled at all.
user_order := $(generated) $(libc_archive)

$(target)/%.o: %.cpp | $(user_order)
	$(call say,C++,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cxx) $(language_cxx) $(warnings) $(cxx_header_flags) $(user_flags) \
	    $(dependencies) $(cflags_$<) -c $< -o $@

$(target)/%.o: %.c | $(user_order)
	$(call say,C,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cc) $(language_c) $(warnings_c) $(c_headers) $(user_flags) \
	    $(dependencies) $(cflags_$<) -c $< -o $@

$(target)/%.o: %.S
	$(call say,ASSEMBLE,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cc) $(user_flags) $(dependencies) $(cflags_$<) -c $< -o $@
