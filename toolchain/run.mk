# Running the system in QEMU.
.PHONY: run debug
run: $(image) $(disk)  ## boot in QEMU; leave with `shutdown` or Ctrl-A X
	$(quiet)$(qemu)

debug: $(image) $(disk)  ## boot in QEMU stopped, with gdb attached
	$(quiet)tools/debug $(target) $(qemu)
