// What condition variables and semaphores promise; the cases that have files of their own.
#pragma once
#include "tests/posix/check.h"
#include <pthread.h>

pthread_t start(void* (*function)(void*), void* argument);
void* join(pthread_t thread);

bool a_signal_wakes_one(void);
bool the_first_reader_locks_writers_out_and_the_last_lets_them_in(void);
