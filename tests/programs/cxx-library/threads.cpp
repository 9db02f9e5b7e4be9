#include "tests/programs/cxx-library/check.hpp"
#include <condition_variable>
#include <future>
#include <mutex>
#include <numeric>
#include <queue>
#include <thread>
#include <vector>

namespace {

void a_mutex_keeps_others_out()
{
    constexpr int thread_count = 4;
    constexpr int additions = 10000;
    std::mutex mutex;
    long sum = 0;
    std::vector<std::jthread> threads;
    for (int i = 0; i < thread_count; ++i)
        threads.emplace_back([&] {
            for (int addition = 0; addition < additions; ++addition) {
                std::scoped_lock const lock{mutex};
                ++sum;
            }
        });
    threads.clear();
    expect(sum == long{thread_count} * additions);
}

void a_condition_variable_wakes_who_waits()
{
    std::mutex mutex;
    std::condition_variable changed;
    std::queue<int> queue;
    long received = 0;
    std::thread receiver{[&] {
        for (int number = 1; number != 0; received += number) {
            std::unique_lock lock{mutex};
            changed.wait(lock, [&] { return !queue.empty(); });
            number = queue.front();
            queue.pop();
        }
    }};
    for (int number : {1, 2, 3, 0}) {
        std::scoped_lock const lock{mutex};
        queue.push(number);
        changed.notify_one();
    }
    receiver.join();
    expect(received == 6);
}

void an_exception_reaches_who_asked_for_the_result()
{
    auto failing = std::async(std::launch::async, []() -> int { throw std::length_error{"far"}; });
    bool thrown = false;
    try {
        (void)failing.get();
    } catch (std::length_error const&) {
        thrown = true;
    }
    expect(thrown);
}

void each_thread_has_its_own_variables()
{
    thread_local int number = 1;
    static int destroyed = 0;
    struct Local {
        ~Local() { ++destroyed; }
    };
    std::thread{[] {
        thread_local Local const local;
        (void)&local;
        number = 2;
    }}.join();
    expect(number == 1 && destroyed == 1);
}

void time_passes()
{
    auto const start = std::chrono::steady_clock::now();
    std::this_thread::sleep_for(std::chrono::milliseconds{20});
    expect(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds{20});
}

}  // namespace

void check_threads()
{
    a_mutex_keeps_others_out();
    a_condition_variable_wakes_who_waits();
    an_exception_reaches_who_asked_for_the_result();
    each_thread_has_its_own_variables();
    time_passes();
}
