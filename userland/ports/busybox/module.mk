# busybox: the login shell and most of the commands, one program with a link for each of them.
port := busybox
package := busybox
define versions
1.35.0 faeeb244c35a348a334f4a59e44626ee870fb07b6884d68c10ae8bc19f83a694
1.37.0 3311dff32e746499f4df0d5df04d7eb396382d7e108bb9250e7b519b837043a4
endef
# What has to become user 0 to do its work is a second copy, which runs as its owner.
# The kernel's headers have names that Linux programs use, such as ioctl numbers; nothing is linked.
define compile
mkdir kernel-headers
for folder in linux asm asm-generic mtd; do
    ln -s /usr/riscv64-linux-gnu/include/$folder kernel-headers/
done
cp $PORT/config .config
export KCONFIG_NOTIMESTAMP=1
(yes '' || :) | make oldconfig
make -j$JOBS CC="$CC -isystem $PWD/kernel-headers" CROSS_COMPILE=$CROSS HOSTCC=$HOST_CC busybox_unstripped
endef
define link
rm -f busybox_unstripped
export KCONFIG_NOTIMESTAMP=1
make CC="$CC -isystem $PWD/kernel-headers" CROSS_COMPILE=$CROSS HOSTCC=$HOST_CC busybox busybox.links
install -D busybox $ROOT/bin/busybox
install -m 4755 busybox $ROOT/bin/busybox-as-root
for link in $(sed 's,.*/,,' busybox.links); do
    case $link in
        passwd|su|vlock) ln -s busybox-as-root $ROOT/bin/$link ;;
        *) ln -s busybox $ROOT/bin/$link ;;
    esac
done
endef
$(eval $(build_port))
