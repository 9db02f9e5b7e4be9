# The kernel: all of kernel/, and what kernel/module.mk names in kernel_sources of other folders.
# Its objects are in build/<board>/kernel-objects/, because lib/ is compiled with other flags there.
kernel_files := $(shell find kernel -name '*.cpp' -o -name '*.S') $(kernel_sources)
kernel_objects := $(addprefix $(target)/kernel-objects/,$(addsuffix .o,$(basename $(kernel_files))))
kernel_script := kernel/arch/riscv64/kernel.ld
kernel := $(if $(wildcard $(kernel_script)),$(target)/kernel/kernel)
kernel_link = $(target_cxx) $(kernel_flags) -flto-partition=one -static -no-pie \
    -Wl,--build-id=none -Wl,--gc-sections -Wl,-z,max-page-size=4096 -Wl,--no-warn-rwx-segments \
    -T $(kernel_script)

$(target)/kernel-objects/%.o: %.cpp | $(generated)
	$(call say,KERNEL,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cxx) $(language_cxx) $(warnings) $(kernel_flags) $(dependencies) \
	    $(cflags_$<) -c $< -o $@

$(target)/kernel-objects/%.o: %.S
	$(call say,KERNEL,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cc) $(kernel_flags) $(dependencies) $(cflags_$<) -c $< -o $@

# Linked twice, the second time with the table of its own symbols, which panics print names from.
# The link optimises the program as a whole.
$(target)/kernel/kernel.elf: $(kernel_objects)
$(target)/%/kernel.elf: $(kernel_script) tools/make-symbols
	$(call say,LINK,$*)
	$(quiet)mkdir -p $(@D)
	$(quiet)echo > $(@D)/symbols.S
	$(quiet)$(kernel_link) -o $@.first $(filter %.o,$^) $(@D)/symbols.S $(kernel_libgcc)
	$(quiet)tools/make-symbols $(CROSS)nm $@.first > $(@D)/symbols.S
	$(quiet)$(kernel_link) -o $@ $(filter %.o,$^) $(@D)/symbols.S $(kernel_libgcc)
	$(quiet)tools/make-symbols $(CROSS)nm $@ | cmp -s - $(@D)/symbols.S || \
	    { echo "kernel: functions moved when the symbol table was added"; rm $@; exit 1; }

# A kernel for measurement only, which does not lend: the few files that ask kernel/sched/measured.hpp
# find another one. Images of scenarios that are called so have it.
without_lending := $(addprefix $(target)/kernel-objects/,kernel/main.o kernel/sched/lending.o)
kernel_without_lending := $(if $(kernel),$(target)/kernel-without-lending/kernel)
without_lending_objects := $(foreach object,$(kernel_objects),$(if $(filter $(object),$(without_lending)),\
    $(object:.o=.without-lending.o),$(object)))

$(target)/kernel-objects/%.without-lending.o: private kernel_flags := -Itests/donation/without-lending $(kernel_flags)
$(target)/kernel-objects/%.without-lending.o: %.cpp | $(generated)
	$(call say,KERNEL,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(target_cxx) $(language_cxx) $(warnings) $(kernel_flags) $(dependencies) \
	    $(cflags_$<) -c $< -o $@

$(target)/kernel-without-lending/kernel.elf: $(without_lending_objects)

$(target)/kernel/kernel $(kernel_without_lending): $(target)/%/kernel: $(target)/%/kernel.elf
	$(quiet)$(CROSS)objcopy -O binary $< $@
