# QEMU's `virt` machine. The manifest beside this file is that of all boards.
SMP ?= 2
MEM ?= 128M

qemu_machine := qemu-system-riscv64 -machine virt -bios default -nographic -no-reboot \
                -global virtio-mmio.force-legacy=false
qemu = $(qemu_machine) -smp $(SMP) -m $(MEM) -kernel $(target)/baton.bin \
       -drive file=$(target)/disk.img,if=none,id=disk,format=raw \
       -device virtio-blk-device,drive=disk -device virtio-rng-device
