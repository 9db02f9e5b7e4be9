# The stub generator: a plugin of `capnp compile`.
program    := capnpc-baton
link_flags := -lcapnp -lkj
$(eval $(build_host_program))
