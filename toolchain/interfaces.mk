# Each schema becomes build/generated/<its path>.hpp (and .cpp, where the generator writes one).
schemas := $(sort $(wildcard interfaces/*.capnp) $(shell find servers tests userland -name '*.capnp'))
plugin := $(if $(wildcard tools/capnpc-baton/module.mk),$(host)/capnpc-baton)
generated := $(if $(plugin),$(patsubst %.capnp,build/generated/%.hpp,$(schemas)))

# The folder of the schema's own imports comes first; "/interfaces/x.capnp" is from the root.
build/generated/%.hpp: %.capnp $(plugin) $(wildcard interfaces/annotations.capnp)
	$(call say,GENERATE,$*.hpp)
	$(quiet)mkdir -p build/generated
	$(quiet)capnp compile -I. --src-prefix=. -o./$(plugin):build/generated $<
	$(quiet)touch $@
