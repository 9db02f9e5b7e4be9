program := cxx-library
libraries := posix c++
install := tests
$(eval $(build_program))
