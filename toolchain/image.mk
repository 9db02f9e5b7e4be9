# The image that boots: kernel, then the archive with the manifest and the programs that it names.
manifest := platform/$(BOARD)/system.capnp
manifest_images := $(if $(wildcard $(manifest)),$(shell sed -n 's/.*image *= *"\([^"]*\)".*/\1/p' $(manifest)))
image := $(if $(and $(kernel),$(wildcard $(manifest))),$(target)/baton.bin)
boot_programs := $(foreach name,init $(manifest_images),$(program_$(name)))

$(target)/system.bin: $(manifest) interfaces/system.capnp tools/check-manifest
	$(call say,MANIFEST,$(manifest))
	$(quiet)mkdir -p $(@D)
	$(quiet)tools/check-manifest $(manifest) $(patsubst $(target)/%,%,$(boot_programs))
	$(quiet)capnp eval -I. -b --flat $(manifest) system > $@

$(target)/archive.bin: $(target)/system.bin $(boot_programs) tools/make-archive
	$(call say,ARCHIVE,$@)
	$(quiet)tools/make-archive $@ $(target)/system.bin $(boot_programs)

$(target)/baton.bin: $(kernel) $(target)/archive.bin
	$(call say,IMAGE,$@)
	$(quiet)cp $(kernel) $@.new && truncate -s %4096 $@.new
	$(quiet)cat $(target)/archive.bin >> $@.new && mv $@.new $@
