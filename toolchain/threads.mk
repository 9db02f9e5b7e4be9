# Unit tests of what threads share, built once more with the thread sanitizer. In a folder's
# module.mk: thread_tests += <folder>, and thread_sources_<folder>, what it tests.
define build_thread_test
unit_tests += $(host)/unit/$(1)-threads
$(host)/unit/$(1)-threads: $$(addprefix $(host)/thread-objects/,$$(call object_of,\
        $$(wildcard tests/unit/$(1)/*.cpp) $$(thread_sources_$(1))))
	$$(call say,LINK,$$@)
	$$(quiet)mkdir -p $$(@D)
	$$(quiet)g++ -fsanitize=thread -o $$@ $$^ -lgtest_main -lgtest -pthread
endef
$(foreach folder,$(thread_tests),$(eval $(call build_thread_test,$(folder))))

# It does not know fences, and says so; what it checks here is who owns which item.
$(host)/thread-objects/%.o: %.cpp | $(generated)
	$(call say,HOST,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)g++ -std=c++23 -O1 -Wall -Wextra -Wno-tsan $(strict) $(host_flags) -fsanitize=thread \
	    $(dependencies) -c $< -o $@
