# What the tests of userland/ports find on the tests' disk, and what is needed to judge them.
installed += $(foreach file,libraries.lua every-function.lua many-rows.sql sqlite-script,tests/$(file)=$(here)/$(file))

# busybox's own test suite, with the configuration that it asks for; it looks for busybox beside it.
busybox_suite := $(ports)/busybox-suite.tar
$(busybox_suite): private folder := $(here)
$(busybox_suite): $(ports)/busybox.tar $(here)/run-busybox-suite
	$(call say,SUITE,$@)
	$(quiet)rm -rf $(ports)/busybox.suite && mkdir -p $(ports)/busybox.suite
	$(quiet)cp -R $(ports)/busybox/testsuite $(ports)/busybox/.config $(folder)/run-busybox-suite \
	    $(ports)/busybox.suite/
	$(quiet)ln -s /bin/busybox $(ports)/busybox.suite/busybox
	$(quiet)tar -cf $@ -C $(ports)/busybox.suite --sort=name --owner=0 --group=0 --numeric-owner \
	    --mtime=@1735689600 .
installed += tests/busybox=$(busybox_suite)

# The cases that pass on Linux: the measure of those that must pass here. Takes some minutes.
busybox_reference := $(host)/ports/busybox-reference.txt
$(busybox_reference): build/sources/busybox.orig.tar userland/ports/busybox/config \
    $(here)/busybox-reference $(here)/run-busybox-suite
	$(call say,REFERENCE,$@)
	$(quiet)mkdir -p $(@D)
	$(quiet)tests/ports/busybox-reference $< userland/ports/busybox/config $(@D)/busybox-linux $@

busybox-reference: $(busybox_reference)  ## run busybox's own tests on Linux, under user emulation
.PHONY: busybox-reference
