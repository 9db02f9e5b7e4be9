// A mutex of the C library's, and its guard.
#pragma once
#include <pthread.h>

namespace posix {

class Lock {
public:
    constexpr Lock() = default;
    Lock(Lock const&) = delete;
    Lock& operator=(Lock const&) = delete;

    class Guard {
    public:
        explicit Guard(Lock& lock) : mutex_{lock.mutex_} { pthread_mutex_lock(&mutex_); }
        ~Guard() { pthread_mutex_unlock(&mutex_); }
        Guard(Guard const&) = delete;
        Guard& operator=(Guard const&) = delete;

    private:
        pthread_mutex_t& mutex_;
    };

private:
    pthread_mutex_t mutex_ = PTHREAD_MUTEX_INITIALIZER;
};

}  // namespace posix
