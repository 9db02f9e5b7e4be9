# Programs for this machine: the stub generator, and the unit tests.
host_programs :=
host_source_files :=

# In a module.mk: program, sources and link_flags, then build_host_program.
define build_host_program
host_programs += $(host)/$(program)
$(host)/$(program): $(addprefix $(host)/tools/,$(call object_of,$(module_sources)))
	$$(call say,LINK,$$@)
	$$(quiet)g++ -o $$@ $$(filter %.o,$$^) $(link_flags)
$(forget_module)
endef

$(host)/tools/%.o: %.cpp
	$(call say,HOST,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)g++ -std=c++20 -O1 -g -Wall -Wextra $(strict) -I. $(dependencies) $(cflags_$<) \
	    -c $< -o $@

# Each folder of tests/unit is one program: its *_test.cpp, what else lies beside them, and those
# host_sources of the system that they use. A module.mk in the folder may add
# unit_link_flags_<folder>.
unit_folders := $(sort $(patsubst tests/unit/%/,%,$(dir $(wildcard tests/unit/*/*_test.cpp))))
unit_tests := $(addprefix $(host)/unit/,$(unit_folders))
portable = $(host)/libportable.a
unit_objects = $(addprefix $(host)/objects/,$(call object_of,$(wildcard tests/unit/$(1)/*.cpp)))

define build_unit_test
$(host)/unit/$(1): $(call unit_objects,$(1)) $(portable)
	$$(call say,LINK,$$@)
	$$(quiet)mkdir -p $$(@D)
	$$(quiet)g++ $(sanitizers) -o $$@ $$^ -lgtest_main -lgtest $$(unit_link_flags_$(1)) -pthread
endef
$(foreach folder,$(unit_folders),$(eval $(call build_unit_test,$(folder))))

# The tests themselves are compiled without optimisation: that takes a third of the time.
$(host)/objects/%.o: %.cpp | $(generated)
	$(call say,HOST,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)g++ -std=c++23 $(if $(filter tests/%,$<),-O0,-O1) -Wall -Wextra $(strict) \
	    $(host_flags) $(sanitizers) $(dependencies) \
	    $(host_cflags_$<) -c $< -o $@

portable_objects = $(addprefix $(host)/objects/,$(call object_of,$(host_source_files)))
$(portable): $$(portable_objects)
	$(call say,LIBRARY,$@)
	$(quiet)mkdir -p $(@D)
	$(quiet)rm -f $@ && ar rcsD $@ $^
