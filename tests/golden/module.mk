# `make golden-update` takes over what the generator writes now; the difference is for review.
golden := build/generated/tests/golden/golden.hpp

test system-test: $(golden)

.PHONY: golden-update
golden-update: $(golden)  ## write the expected output of the stub generator again
	cp $(golden) tests/golden/golden.hpp.expected
