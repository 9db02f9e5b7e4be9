# The image that boots: kernel, then the archive with the manifest and the programs that it names.
manifest := platform/$(BOARD)/system.capnp
manifest_images := $(if $(wildcard $(manifest)),\
    $(shell grep -o 'image *= *"[^"]*"' $(manifest) | cut -d'"' -f2))
image := $(if $(and $(kernel),$(wildcard $(manifest))),$(target)/baton.bin)

# An image is named by its program; the folder before it is for the reader.
boot_names := $(sort init $(manifest_images))
boot_programs := $(foreach name,$(boot_names),$(program_$(notdir $(name))))
boot_entries := $(foreach name,$(boot_names),\
    $(if $(program_$(notdir $(name))),$(name)=$(program_$(notdir $(name)))))

$(target)/system.bin: $(manifest) interfaces/system.capnp tools/check-manifest
	$(call say,MANIFEST,$(manifest))
	$(quiet)mkdir -p $(@D)
	$(quiet)tools/check-manifest $(manifest) \
	    $(foreach entry,$(boot_entries),$(firstword $(subst =, ,$(entry))))
	$(quiet)capnp eval -I. -b --flat $(manifest) system > $@

$(target)/archive.bin: $(target)/system.bin $(boot_programs) tools/make-archive
	$(call say,ARCHIVE,$@)
	$(quiet)tools/make-archive $@ system.bin=$(target)/system.bin $(boot_entries)

$(target)/baton.bin: $(kernel) $(target)/archive.bin
	$(call say,IMAGE,$@)
	$(quiet)cp $(kernel) $@.new && truncate -s %4096 $@.new
	$(quiet)cat $(target)/archive.bin >> $@.new && mv $@.new $@
