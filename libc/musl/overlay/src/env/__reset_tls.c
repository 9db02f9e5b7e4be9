/* In place of musl's, which gives all thread-local variables their first values before the thread of
 * a SIGEV_THREAD timer runs its function again. Some of them are Baton's: where the thread's message
 * buffer is, and what is known about its signals. So all stay.
 */
#include "pthread_impl.h"

void __reset_tls() {}
