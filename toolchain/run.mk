# The disk image, and running the system in QEMU.
.PHONY: run debug reset-disk
disk := $(if $(image),$(target)/disk.img)
files_of = $(foreach item,$(1),$(lastword $(subst =, ,$(item))))
# Programs with `install := tests` are only on the tests' disk.
installed_here := $(filter-out tests/%,$(installed))
disk_folder := platform/$(system)/disk
disk_files := $(shell find $(disk_folder) -type f) $(wildcard $(disk_folder).owners)

# The user's files live in the image: a rebuild replaces only the programs that have changed.
$(target)/disk.img: $(call files_of,$(installed_here))
	$(call say,DISK,$@)
	$(quiet)if [ -e $@ ]; then \
	    tools/make-disk update $@ $(foreach file,$?,$(filter %=$(file),$(installed_here))); \
	else \
	    tools/make-disk create $@ $(disk_folder) $(installed_here); \
	fi
	$(quiet)touch $@

# What the tests copy: nobody's files are in it.
$(target)/test-disk.img: $(call files_of,$(installed)) tools/make-disk $(disk_files)
	$(call say,DISK,$@)
	$(quiet)tools/make-disk create $@ $(disk_folder) $(installed)

.PRECIOUS: $(target)/disk.img

reset-disk:  ## make the disk image anew; files written by the system are lost
	rm -f $(target)/disk.img
	@$(MAKE) --no-print-directory $(disk)

run: $(image) $(disk)  ## boot in QEMU; leave with `shutdown` or Ctrl-A X
	$(quiet)$(qemu)

debug: $(image) $(disk)  ## boot in QEMU stopped, waiting for gdb
	$(quiet)tools/debug $(target) $(qemu)

.PHONY: new-server
new-server:  ## NAME=x: make a server with its schema, client, test and manifest line
	@tools/new-server "$(or $(NAME),$(error NAME=x is missing))" platform/$(system)/system.capnp
