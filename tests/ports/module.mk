# What the tests of userland/ports find on the tests' disk.
installed += $(foreach file,libraries.lua many-rows.sql,tests/$(file)=$(here)/$(file))
