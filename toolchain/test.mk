# Tests: lint, the unit tests on this machine, the system tests in QEMU.
.PHONY: test unit system-test bench
test_image = $(target)/test-disk.img
test_environment = BATON_QEMU="$(qemu_machine)" BATON_TARGET=$(target) PYTHONDONTWRITEBYTECODE=1

test: $(unit_tests) $(image) $(scenario_images) $(test_image)  ## run every test; the last line counts them
	+$(quiet)$(test_environment) tools/run-tests --lint '$(lint_command)' \
	    --unit '$(unit_tests)' --models '$(model_command)' --system --bench 'tools/bench --check'

unit: $(unit_tests)  ## run the unit tests only
	$(quiet)tools/run-tests --unit '$(unit_tests)'

models := $(sort $(shell find kernel lib -name '*.pml'))
model_command := tools/check-models --results $(host)/models.json $(models)

model:  ## check the models of what harts and processes share, with SPIN
	$(quiet)$(model_command)
.PHONY: model

# PYTEST="-k boot" chooses tests.
system-test: $(image) $(scenario_images) $(test_image)  ## run the tests in QEMU only
	$(quiet)$(test_environment) tools/run-tests --system

fuzz: $(image) $(scenario_images) $(test_image)  ## millions of random system calls, by one process and by many
	$(quiet)BATON_LONG=1 PYTEST='-k random' $(test_environment) tools/run-tests --system

soak_programs := $(addprefix $(host)/model/,model-random model-explore)

# Each depth of the exploration takes four times as long as the one before.
soak: $(image) $(scenario_images) $(test_image) $(soak_programs)  ## tests under stress, for some hours
	$(quiet)STEPS=100000000 tools/run-tests --unit $(host)/model/model-random
	$(quiet)BATON_LONG=1 PYTEST='-k long_stress' $(test_environment) tools/run-tests --system
	$(quiet)DEPTH=7 tools/run-tests --unit $(host)/model/model-explore
.PHONY: fuzz soak

bench: $(image) $(scenario_images) $(test_image)  ## count what operations cost, beside other systems
	$(quiet)$(test_environment) tools/bench

# After a change that is meant to change the costs; the new figures are committed with it.
bench-baseline: $(image) $(scenario_images) $(test_image)  ## write the baseline of the costs
	$(quiet)$(test_environment) tools/bench --update
.PHONY: bench-baseline
