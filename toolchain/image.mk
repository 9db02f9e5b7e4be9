# Images that boot: the kernel, then the archive with a manifest and the programs that it names.
# The board's own is baton.bin; each tests/scenarios/<name>/system.capnp makes <name>.bin.
manifest := platform/$(system)/system.capnp
image := $(if $(and $(kernel),$(wildcard $(manifest))),$(target)/baton.bin)
scenarios := $(patsubst tests/scenarios/%/system.capnp,%,$(wildcard tests/scenarios/*/system.capnp))
scenario_images := $(if $(kernel),$(patsubst %,$(target)/scenarios/%.bin,$(scenarios)))

images_in = $(shell grep -o 'image *= *"[^"]*"' $(1) | cut -d'"' -f2)

kernel_of = $(if $(filter %-without-lending.bin,$(1)),$(kernel_without_lending),$(kernel))

# $(1) the image, $(2) its manifest. An image is named by its program; a folder before the name is
# for the reader. Programs that are not built are left out here, and named by tools/check-manifest.
define build_image
boot_names := $$(sort init loader $$(call images_in,$(2)))
boot_names := $$(foreach name,$$(boot_names),$$(if $$(program_$$(notdir $$(name))),$$(name)))
boot_programs := $$(foreach name,$$(boot_names),$$(program_$$(notdir $$(name))))
boot_entries := $$(foreach name,$$(boot_names),$$(name)=$$(program_$$(notdir $$(name))))

$(1:.bin=.manifest): private names := $$(boot_names)
$(1:.bin=.manifest): $(2) interfaces/system.capnp tools/check-manifest
	$$(call say,MANIFEST,$(2))
	$$(quiet)mkdir -p $$(@D)
	$$(quiet)tools/check-manifest $(2) $$(names)
	$$(quiet)capnp eval -I. --flat $(2) system > $$@

$(1:.bin=.archive): private entries := $$(boot_entries)
$(1:.bin=.archive): $(1:.bin=.manifest) $$(boot_programs) tools/make-archive
	$$(quiet)tools/make-archive $$@ system.bin=$$< $$(entries)

$(1): private image_kernel := $$(call kernel_of,$(1))
$(1): $(1:.bin=.archive) $$(call kernel_of,$(1))
	$$(call say,IMAGE,$$@)
	$$(quiet)cp $$(image_kernel) $$@.new && truncate -s %4096 $$@.new
	$$(quiet)cat $$< >> $$@.new && mv $$@.new $$@
endef

$(if $(image),$(eval $(call build_image,$(image),$(manifest))))
$(foreach name,$(if $(kernel),$(scenarios)),\
    $(eval $(call build_image,$(target)/scenarios/$(name).bin,tests/scenarios/$(name)/system.capnp)))
