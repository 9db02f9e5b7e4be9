# What `make lint` needs from the compilers: each header alone, clang-tidy on each source file.
# tools/lint runs these and the checks that need no compiler, and counts.
lint_folders := abi kernel lib libc servers userland \
    $(filter-out tests/unit tests/fuzz tests/golden tests/model,$(wildcard tests/*))
lint_found := $(shell find $(wildcard $(lint_folders)) -name '*.hpp' -o -name '*.cpp')
header_checks := $(addprefix $(target)/lint/,$(addsuffix .alone,$(filter %.hpp,$(lint_found))))

# clang-tidy sees what the last commits and the working tree have changed; FULL=1: everything.
ifneq ($(filter tidy-checks,$(MAKECMDGOALS)),)
lately := $(shell git diff --name-only HEAD~5 2>/dev/null || git ls-files; \
    git ls-files -o --exclude-standard)
tidy_files := $(if $(FULL),$(lint_found),$(filter $(lately),$(lint_found)))
tidy_checks := $(addprefix $(target)/lint/,$(addsuffix .tidy,$(filter %.cpp,$(tidy_files))))
endif

clang_headers := /usr/lib/llvm-19/lib/clang/19/include
tidy = clang-tidy-19 --quiet $< -- --target=riscv64-linux-gnu $(language_cxx) -Wno-unknown-attributes
tidy_includes := -nostdinc -isystem $(cxx_headers) -isystem $(cxx_headers)/riscv64-linux-gnu
tidy_user_headers = $(tidy_includes) \
    $(if $(libc_archive),-include toolchain/gnu/no-glibc.h -isystem $(libc)/include)
syntax_only = -fsyntax-only -MMD -MP -MF $@.d -MT $@ -include $< -x c++ /dev/null

.PHONY: header-checks tidy-checks lint
header-checks: $(header_checks)
tidy-checks: $(tidy_checks)

lint:  ## check format, style rules, layers and sizes (FULL=1: clang-tidy on all files)
	+$(quiet)$(lint_command)

lint_command = tools/lint --make "$(MAKE)" --target $(target) --results $(host)/lint.json

$(target)/lint/kernel/%.alone: kernel/% | $(generated)
	$(call say,HEADER,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cxx) $(language_cxx) $(warnings) $(kernel_flags) $(syntax_only) && touch $@

$(target)/lint/%.alone: % | $(user_order)
	$(call say,HEADER,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cxx) $(language_cxx) $(warnings) $(cxx_header_flags) $(user_flags) \
	    $(syntax_only) && touch $@

# A file is checked again when its object was made again, that is when a header of it changed.
$(target)/lint/kernel/%.cpp.tidy: kernel/%.cpp $(target)/kernel-objects/kernel/%.o .clang-tidy
	$(call say,TIDY,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(tidy) $(kernel_flags) $(tidy_includes) -isystem $(clang_headers) \
	    -isystem /usr/riscv64-linux-gnu/include > $@.log 2>&1 || { cat $@.log >&2; exit 1; }
	$(quiet)touch $@

$(target)/lint/%.cpp.tidy: %.cpp $(target)/%.o .clang-tidy
	$(call say,TIDY,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(tidy) $(user_flags) $(tidy_user_headers) -isystem $(clang_headers) \
	    $(if $(libc_archive),,-isystem /usr/riscv64-linux-gnu/include) \
	    > $@.log 2>&1 || { cat $@.log >&2; exit 1; }
	$(quiet)touch $@
