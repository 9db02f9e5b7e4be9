# QEMU's model of SiFive's HiFive Unleashed. It boots what is built for qemu-virt. Hart 0 has no MMU,
# so five harts make four; there is no disk, and no switching off: `reboot` ends QEMU.
system := qemu-virt
SMP ?= 5
MEM ?= 128M

qemu_machine := qemu-system-riscv64 -machine sifive_u -bios default -nographic -no-reboot
qemu = $(qemu_machine) -smp $(SMP) -m $(MEM) -kernel $(target)/baton.bin
