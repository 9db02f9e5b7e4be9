# These share memory between threads, so they are run under the thread sanitizer, too.
thread_tests += ring
thread_sources_ring := $(wildcard lib/ring/*.cpp)
