# Baton's build. `make help` lists the targets; toolchain/*.mk say how each kind of thing is made,
# a module.mk in each folder says what is made of it.
BOARD ?= qemu-virt
boards := $(patsubst platform/%/board.mk,%,$(wildcard platform/*/board.mk))
$(if $(filter $(BOARD),$(boards)),,$(error BOARD=$(BOARD) is not a board; the boards are: $(boards)))

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-builtin-variables
# As many jobs as there are processors; a make that was started by make shares its jobs.
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif

# A board may boot the system that is built for another one: then its board.mk names that.
include platform/$(BOARD)/board.mk
system ?= $(BOARD)

target := build/$(system)
host := build/host
quiet := $(if $(V),,@)
say = @printf '  %-9s %s\n' $(1) $(2)

include toolchain/packages.mk
include toolchain/flags.mk
include toolchain/interfaces.mk
include toolchain/programs.mk
include toolchain/ports.mk
include toolchain/host.mk
include toolchain/model.mk

# Each module.mk is read with `here` set to its folder.
modules := $(sort $(shell find kernel lib libc servers userland tests tools -name module.mk))
$(foreach module,$(modules),$(eval here := $(patsubst %/,%,$(dir $(module))))$(eval include $(module)))

include toolchain/kernel.mk
include toolchain/image.mk
include toolchain/run.mk
include toolchain/lint.mk
include toolchain/threads.mk
include toolchain/test.mk

.PHONY: all clean help
all: $(programs) $(host_programs) $(image) $(disk)  ## build everything for BOARD

clean:  ## remove everything that was built, the disk image included
	rm -rf build

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' Makefile toolchain/*.mk
	@echo "Variables: BOARD=$(BOARD) (of: $(boards)), SMP=$(SMP), MEM=$(MEM), V=1 shows commands."

build/%.d: ;
-include $(shell find build -path '*/ports' -prune -o -name '*.d' -print 2>/dev/null)
