# Each schema becomes build/generated/<its path>.hpp. A header that comes out the same as before
# keeps its time, so a change of the generator does not rebuild what it does not touch.
schemas := $(sort $(wildcard interfaces/*.capnp) $(shell find servers tests userland \
    -name '*.capnp' ! -name system.capnp))
plugin := $(if $(wildcard tools/capnpc-baton/module.mk),$(host)/capnpc-baton)
generated := $(if $(plugin),$(patsubst %.capnp,build/generated/%.hpp,$(schemas)))
generating := build/generating

$(generating)/%.stamp: %.capnp $(plugin) interfaces/annotations.capnp
	$(call say,GENERATE,$*.hpp)
	$(quiet)mkdir -p $(generating)
	$(quiet)capnp compile -I. --src-prefix=. -o./$(plugin):$(generating) $<
	$(quiet)touch $@

build/generated/%.hpp: $(generating)/%.stamp
	$(quiet)mkdir -p $(@D)
	$(quiet)cmp -s $(generating)/$*.hpp $@ || cp $(generating)/$*.hpp $@
.SECONDARY: $(generated)
.PRECIOUS: $(generating)/%.stamp
