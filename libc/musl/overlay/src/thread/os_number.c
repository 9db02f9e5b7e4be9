/* Added to musl: the number that it knows the calling thread by, and that is the owner in locks. */
#include "pthread_impl.h"

int __os_thread_number(void)
{
	return __pthread_self()->tid;
}

void __os_set_thread_number(int tid)
{
	__pthread_self()->tid = tid;
}
