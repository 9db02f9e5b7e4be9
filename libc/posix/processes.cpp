// fork, wait, and who a process is.
#include "lib/sys/message_buffer.hpp"
#include "libc/posix/calls.hpp"
#include "libc/posix/door.hpp"
#include "libc/posix/fork_locks.hpp"
#include "libc/posix/limits.hpp"
#include "libc/posix/signal_thread.hpp"
#include "libc/sys/thread_memory.hpp"
#include <sched.h>
#include <setjmp.h>
#include <signal.h>
#include <sys/resource.h>
#include <utility>

namespace posix {
namespace {

constexpr std::size_t first_stack_bytes =
    1024;  // of a child, until it is back in its parent's fork

// Where the child finds its way: both are in memory that is copied.
constinit thread_local jmp_buf* fork_point = nullptr;
constinit thread_local std::uint64_t child_numbers = 0;

// The child's first function: with the parent's thread pointer, and a stack of its own within the
// frame of the function that it goes back to.
[[noreturn]] void start_child(std::uint64_t numbers)
{
    child_numbers = numbers;
    longjmp(*fork_point, 1);
}

std::uint64_t thread_pointer()
{
    std::uint64_t value;
    asm("mv %0, tp" : "=r"(value));
    return value;
}

void become_child()
{
    enter_door(static_cast<sys::HandleValue>(child_numbers),
               static_cast<long>(child_numbers >> 32));
    restart_signals_in_child();
}

bool has_had_threads() { return used_threads().size() > 1; }

long fork_with_locks_held(Posix const& server)
{
    alignas(16) std::byte stack[first_stack_bytes];
    jmp_buf point;
    fork_point = &point;
    std::optional<ForkLocks> locks;
    if (has_had_threads())
        locks.emplace();
    if (setjmp(point) != 0) {
        become_child();
        return 0;
    }
    return to_return(server.fork(reinterpret_cast<std::uint64_t>(&start_child),
                                 sys::address_of(stack + first_stack_bytes), thread_pointer(),
                                 libc::global_pointer(), sys::address_of(&sys::message_buffer())));
}

}  // namespace

long fork()
{
    auto const server = door();
    if (!server)
        return -ENOSYS;
    long const result = fork_with_locks_held(**server);
    ProcessFiles* const files = created_process_files;
    if (result == 0 && has_had_threads() && files != nullptr)
        files->table().forget_other_threads();
    return result;
}

// Without threads: the child has a copy of the memory even where it could share it.
long clone(Arguments const& arguments)
{
    constexpr long shared = CLONE_VM | CLONE_VFORK;
    if ((arguments[0] & ~shared) != SIGCHLD)
        return -ENOSYS;
    return fork();
}

long wait_for_child(Arguments const& arguments)
{
    auto const [process, status, options, usage, unused5, unused6] = arguments;
    auto const server = door();
    if (!server)
        return -ECHILD;
    auto const ended =
        (*server)->wait(static_cast<std::int32_t>(process), static_cast<std::uint32_t>(options));
    if (!ended)
        return -libc::to_errno(ended.error());
    if (status != 0 && ended->process != 0)
        *pointer<int>(status) = static_cast<int>(ended->status);
    if (usage != 0)
        *pointer<rusage>(usage) = usage_of(ended->user_time);
    return ended->process;
}

long process_number() { return own_process_number(); }

namespace {

template <class Field>
long identity_of(long process, Field Identity::* field)
{
    auto const server = door();
    if (!server)
        return process == 0 || process == own_process_number() ? own_process_number() : -ESRCH;
    auto const identity = (*server)->identity(static_cast<std::int32_t>(process));
    return identity ? (*identity).*field : -libc::to_errno(identity.error());
}

}  // namespace

long parent_number()
{
    long const parent = identity_of(0, &Identity::parent);
    return parent == own_process_number() ? 0 : parent;
}

long group_of(long process) { return identity_of(process, &Identity::group); }
long session_of(long process) { return identity_of(process, &Identity::session); }

long set_group_of(Arguments const& arguments)
{
    auto const server = door();
    if (!server)
        return -ENOSYS;
    return to_return((*server)->set_group(static_cast<std::int32_t>(arguments[0]),
                                          static_cast<std::int32_t>(arguments[1])));
}

long start_session()
{
    auto const server = door();
    return server ? to_return((*server)->new_session()) : -ENOSYS;
}

}  // namespace posix

// musl's, for fork(): takes malloc's lock (-1), and lets go of it in the parent (0) or child (1).
extern "C" [[gnu::weak]] void __malloc_atfork(int who);

// posix_spawn's child. Its caller holds musl's lock of abort(), so this can't be vfork().
long libc::spawn(int (*function)(void*), void* argument)
{
    long child = 0;
    {
        posix::UninterruptedPart const part;
        if (&__malloc_atfork != nullptr)
            __malloc_atfork(-1);
        child = posix::fork();
        if (&__malloc_atfork != nullptr)
            __malloc_atfork(child == 0 ? 1 : 0);
    }
    if (child == 0)
        _exit(function(argument));
    return child;
}
