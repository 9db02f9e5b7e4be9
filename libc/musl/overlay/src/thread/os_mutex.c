/* Added to musl: robust mutexes outlive the processes that hold them. */
#include "pthread_impl.h"

/* In libc/posix: whether the process of that thread has ended. Who waits for the word next is told
 * when it has. */
__attribute__((__weak__)) int __os_has_died(volatile int *word, int thread);

/* If the owner has ended, the mutex is free, and whoever takes it is told. Nonzero: it is worth
 * another try. */
int __os_free_of_dead(pthread_mutex_t *m, int owner)
{
	if (!__os_has_died || !__os_has_died(&m->_m_lock, owner)) return 0;
	int old = m->_m_lock;
	while ((old & 0x3fffffff) == owner) {
		int seen = a_cas(&m->_m_lock, old, (old & 0x80000000) | 0x40000000);
		if (seen == old) break;
		old = seen;
	}
	return 1;
}
