# A fuzzer of the message decoder, compared with the official library; `make test` runs it for ten
# seconds (test_codec.py). For longer: build/host/fuzz/codec build/host/fuzz/seeds
fuzz := $(host)/fuzz
fuzz_schema := tests/unit/codec/everything.capnp
fuzz_sources := $(wildcard $(here)/*.cpp lib/codec/*.cpp) tests/unit/codec/to_string.cpp
fuzz_objects := $(addprefix $(fuzz)/objects/,$(call object_of,$(fuzz_sources))) $(fuzz)/official.o
fuzz_seeds := $(patsubst $(here)/seeds/%.txt,$(fuzz)/seeds/%,$(wildcard $(here)/seeds/*.txt))
fuzz_standard := c++23
fuzz_cxx = clang++-19 -std=$(fuzz_standard) -O1 -g -I. -Ibuild -I$(fuzz) \
    -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=undefined

test system-test: $(fuzz)/codec $(fuzz_seeds)

$(fuzz)/codec: $(fuzz_objects)
	$(call say,LINK,$@)
	$(quiet)$(fuzz_cxx) -o $@ $^ -lcapnp -lkj

$(fuzz)/objects/%.o: %.cpp $(fuzz)/official.stamp | $(generated)
	$(call say,FUZZ,$<)
	$(quiet)mkdir -p $(@D)
	$(quiet)$(fuzz_cxx) -Wall -Wextra $(dependencies) -c $< -o $@

# The library's headers are not C++20.
$(fuzz)/objects/$(here)/official.o: private fuzz_standard := c++17

$(fuzz)/official.stamp: $(fuzz_schema)
	$(quiet)mkdir -p $(fuzz)/official
	$(quiet)capnp compile -I. --src-prefix=. -oc++:$(fuzz)/official $< && touch $@

$(fuzz)/official.o: $(fuzz)/official.stamp
	$(quiet)clang++-19 -std=c++17 -O1 -x c++ -I$(fuzz) \
	    -c $(fuzz)/official/$(basename $(fuzz_schema)).capnp.c++ -o $@

$(fuzz)/seeds/%: $(here)/seeds/%.txt $(fuzz_schema)
	$(quiet)mkdir -p $(@D)
	$(quiet)capnp encode --flat -I. $(fuzz_schema) Everything < $< > $@
