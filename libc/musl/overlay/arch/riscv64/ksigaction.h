/* What sigaction() hands to the system: the same in all versions of musl. libc/posix reads it. */
struct k_sigaction {
	void (*handler)(int);
	unsigned long flags;
	void (*restorer)(void);
	unsigned mask[2];
};

hidden void __restore(), __restore_rt();
