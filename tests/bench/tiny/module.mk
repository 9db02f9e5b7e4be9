program := tiny
startup := none
libraries := sys
install := tests
$(eval $(build_program))
