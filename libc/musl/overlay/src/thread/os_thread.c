/* Added to musl: gives a thread that musl did not create what musl expects of a thread.
 *
 * A server's workers never return and never exit: the kernel starts them anew at the pool's entry
 * for each call, and what is set up here stays theirs.
 */
#include "libc.h"
#include "pthread_impl.h"
#include "stdio_impl.h"

static volatile size_t dummy_tsd_size = 0;
weak_alias(dummy_tsd_size, __pthread_tsd_size);
static void *dummy_tsd[1] = { 0 };
weak_alias(dummy_tsd, __pthread_tsd_main);
static FILE *volatile dummy_file = 0;
weak_alias(dummy_file, __stdin_used);
weak_alias(dummy_file, __stdout_used);
weak_alias(dummy_file, __stderr_used);

/* Streams are born without a lock while there is one thread. */
static void enable_lock(FILE *f)
{
	if (f && f->lock < 0) f->lock = 0;
}

static void become_threaded(pthread_t self)
{
	if (libc.threaded) return;
	for (FILE *f = *__ofl_lock(); f; f = f->next)
		enable_lock(f);
	__ofl_unlock();
	enable_lock(__stdin_used);
	enable_lock(__stdout_used);
	enable_lock(__stderr_used);
	self->tsd = (void **)__pthread_tsd_main;
	libc.threaded = 1;
}

static void enter_thread_list(pthread_t self, pthread_t new)
{
	__tl_lock();
	libc.threads_minus_1++;
	libc.need_locks = 1;
	new->next = self->next;
	new->prev = self;
	new->next->prev = new;
	new->prev->next = new;
	__tl_unlock();
}

/* Bytes that os_thread_init needs: thread-local variables and thread-specific data. */
size_t __os_thread_size(void)
{
	return libc.tls_size + __pthread_tsd_size;
}

/* Turns __os_thread_size() zeroed bytes, aligned to 16, into a thread's own data. `stack` is the
 * stack's upper end. Returns the thread pointer. */
void *__os_thread_init(unsigned char *memory, void *stack, size_t stack_bytes, int tid)
{
	pthread_t self = __pthread_self();
	become_threaded(self);

	pthread_t new = __copy_tls(memory);
	new->self = new;
	new->tid = tid;
	new->stack = stack;
	new->stack_size = stack_bytes;
	new->tsd = (void **)(memory + libc.tls_size);
	new->locale = &libc.global_locale;
	new->detach_state = DT_DETACHED;
	new->robust_list.head = &new->robust_list.head;
	new->canary = self->canary;
	new->sysinfo = self->sysinfo;
	enter_thread_list(self, new);
	return TP_ADJ(new);
}
