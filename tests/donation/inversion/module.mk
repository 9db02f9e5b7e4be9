# How long a client waits for a server that works for one of low priority.
program := inversion
libraries := children
$(eval $(build_program))
