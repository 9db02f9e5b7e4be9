# Lua 5.4: the interpreter, with all of its libraries but the loading of shared objects.
port := lua
package := lua5.4
define versions
5.4.4 164c7849653b80ae67bec4b7473b884bf5cc8d2dca05653475ec2ed27b9ebf61
5.4.7 9fbf5e28ef86c69858f6d3d34eccc32e911c1a28b4120ff3e84aaa70cfbf1e30
endef
define compile
cd src
rm luac.c
$CC -O2 -DLUA_USE_POSIX -c *.c
endef
define link
$CC -s -o lua src/*.o
install -D lua $ROOT/bin/lua
endef
$(eval $(build_port))
