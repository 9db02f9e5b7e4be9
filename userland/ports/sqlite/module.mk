# SQLite: its shell, with the library in it.
port := sqlite
package := sqlite3
define versions
3.40.1 aaa776260ab4dc976db34aa7891819484c8676b5b2783123ebc6301e2ca5d655
3.46.1 d0cdd2ece271b29e7ce18095745d892517ee26d0f270065b3a25c2e9eb11639c
endef
# Upstream's single file is made of its sources by a Tcl script on this machine.
define compile
CC=$HOST_CC ./configure --disable-tcl
make -j$JOBS CC=$HOST_CC BCC=$HOST_CC sqlite3.c shell.c
$CC -O2 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_THREADSAFE=0 -c sqlite3.c shell.c
endef
define link
$CC -s -o sqlite3 sqlite3.o shell.o
install -D sqlite3 $ROOT/bin/sqlite3
endef
$(eval $(build_port))
