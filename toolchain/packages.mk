# The Debian packages that building and running need. Reading build/packages.mk makes make create
# it first, so the check runs before anything else and only when the list has changed.
ifeq ($(filter clean help,$(MAKECMDGOALS)),)
-include build/packages.mk
endif

build/packages.mk: toolchain/packages.txt tools/check-packages
	@tools/check-packages $<
	@mkdir -p $(@D) && touch $@
