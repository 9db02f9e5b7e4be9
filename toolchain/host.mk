# Programs for this machine: the stub generator, and the unit tests.
host_programs :=
host_source_files :=

# In a module.mk: program, sources and link_flags, then build_host_program.
define build_host_program
host_programs += $(host)/$(program)
$(host)/$(program): $(addprefix $(host)/tools-objects/,$(call object_of,$(module_sources)))
$(host)/$(program): link_flags := $(link_flags)
$(forget_module)
endef

$(host)/tools-objects/%.o: %.cpp
	$(call say,HOST,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)g++ -std=c++20 -O1 -g -Wall -Wextra $(strict) -I. $(dependencies) $(cflags_$<) -c $< -o $@

$(host)/%:
	$(call say,LINK,$@)
	$(quiet)g++ -o $@ $(filter %.o,$^) $(link_flags)
