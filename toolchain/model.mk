# The kernel compiled for this machine, and what explores it there: docs/testing.md.
#
# tests/model/include comes first on the path, so that its headers stand in for those of the
# machine. What is all machine is left out: the simulated machine defines it.
model := tests/model
model_kernel_files := $(filter-out kernel/boot/% kernel/main.cpp kernel/debug/panic.cpp \
    kernel/debug/symbols.cpp $(addprefix kernel/arch/riscv64/,sbi.cpp plic.cpp instructions.cpp), \
    $(shell find kernel -name '*.cpp'))
model_machine_files := $(foreach folder,machine world check,$(wildcard $(model)/$(folder)/*.cpp))
model_wrapped := _ZN6kernel4Slab8allocateERNS_14FrameAllocatorE \
    _ZN6kernel4Slab4freeERNS_14FrameAllocatorEPv _ZN6kernel14FrameAllocator8allocateEj \
    _ZN6kernel14FrameAllocator15allocate_zeroedEj \
    _ZN6kernel14FrameAllocator4freeE6StrongINS_11PhysAddrTagEmEj
comma := ,
model_wraps := $(addprefix -Wl$(comma)--wrap=,$(model_wrapped))
# The tests look at everything, private or not.
model_flags := -std=c++23 -g1 -Wall -Wextra $(strict) -fno-access-control -fno-omit-frame-pointer \
    -DGTEST_HAS_CXXABI_H_=0 -I$(model)/include -I. -Ibuild $(reproducible)
model_programs :=

# The allocators write to memory that nobody else may touch.
model_cflags_kernel/mm/slab.cpp := -fno-sanitize=address
model_cflags_kernel/mm/frame_allocator.cpp := -fno-sanitize=address

# Each access is reported, to functions of tests/model/reports; the sanitizer's own are not linked.
model_reports := -O1 -fsanitize=thread -Wno-tsan --param tsan-instrument-func-entry-exit=0
model_cflags_tests/model/reports/hooks.cpp := -fno-sanitize=thread

# model_variant(name, flags): objects in build/host/model-objects/<name>.
define model_variant
model_flags_$(1) := $(2)
$(host)/model-objects/$(1)/%.o: %.cpp
	$$(call say,MODEL,$$<)
	$$(quiet)mkdir -p $$(@D)
	$$(quiet)g++ $$(model_flags) $(2) $$(model_cflags_$$<) $$(dependencies) -c $$< -o $$@
endef

# model_program(name, variant, folders of its own files): build/host/model/<name>.
define model_program
model_programs += $(host)/model/$(1)
$(host)/model/$(1): $(addprefix $(host)/model-objects/$(2)/,$(call object_of,\
    $(model_kernel_files) $(model_machine_files) $(foreach folder,$(3),$(wildcard $(model)/$(folder)/*.cpp))))
	$$(call say,LINK,$$@)
	$$(quiet)mkdir -p $$(@D)
	$$(quiet)g++ $$(filter-out -fsanitize=thread,$$(model_flags_$(2))) -rdynamic $(model_wraps) -o $$@ $$^ -lgtest_main -lgtest -pthread
endef

$(eval $(call model_variant,checked,-O2 $(sanitizers)))
$(eval $(call model_variant,fast,-O2))
$(eval $(call model_variant,reported,$(model_reports)))
$(eval $(call model_program,model-rules,checked,rules))
$(eval $(call model_program,model-random,checked,random))
$(eval $(call model_program,model-explore,fast,explore))
$(eval $(call model_program,model-lines,reported,reports lines))
$(eval $(call model_program,model-interleave,reported,reports interleave))
unit_tests += $(model_programs)

.PHONY: model-programs
model-programs: $(model_programs)  ## build the tests that run the kernel on this machine
