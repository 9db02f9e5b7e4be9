/* In place of musl's: the child has a copy of the memory, not the memory itself, so no other thread
 * may be in the middle of malloc, as in musl's fork(). */
#include <unistd.h>
#include "libc.h"
#include "fork_impl.h"
#include "pthread_impl.h"

static void dummy(int x) { }
weak_alias(dummy, __malloc_atfork);

pid_t vfork(void)
{
	sigset_t set;
	__block_app_sigs(&set);
	__malloc_atfork(-1);
	pid_t child = _Fork();
	__malloc_atfork(!child);
	__restore_sigs(&set);
	return child;
}
