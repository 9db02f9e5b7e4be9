// posix-handlers: checks of whose a signal's handler is, and of what is masked while it runs.
#include "tests/posix/children.h"
#include <signal.h>

// What has happened, a letter each: a signal's handler begins with a small one and ends with its
// capital.
static char volatile events[32];
static int volatile event_count;

static void note(char event)
{
    if (event_count < (int)sizeof events - 1)
        events[event_count++] = event;
}

static bool have_happened(char const* expected)
{
    bool const are_equal = strcmp((char const*)events, expected) == 0;
    if (!are_equal)
        printf("not %s but %s\n", expected, (char const*)events);
    memset((char*)events, 0, sizeof events);
    event_count = 0;
    return are_equal;
}

static char letter_of(int signal)
{
    return signal == SIGUSR1 ? 'u' : signal == SIGUSR2 ? 'v' : 'h';
}

static void take(int signal)
{
    note(letter_of(signal));
    note((char)(letter_of(signal) - 'a' + 'A'));
}

static int sent_within;  // what the outer handler sends to its own process, once

static void take_and_send(int signal)
{
    int const inner = sent_within;
    sent_within = 0;
    note(letter_of(signal));
    if (inner != 0)
        raise(inner);
    note((char)(letter_of(signal) - 'a' + 'A'));
}

static bool set(int signal, void (*handler)(int), int flags, int also_masked)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    sigemptyset(&action.sa_mask);
    if (also_masked != 0)
        sigaddset(&action.sa_mask, also_masked);
    return sigaction(signal, &action, NULL) == 0;
}

// The next one of its kind comes when the handler has returned; others come in the middle, unless
// they are masked.
static bool a_handler_is_not_interrupted_by_its_own_kind(void)
{
    CHECK(set(SIGUSR1, take_and_send, 0, 0) && set(SIGUSR2, take, 0, 0));
    sent_within = SIGUSR1;
    CHECK(raise(SIGUSR1) == 0 && have_happened("uUuU"));
    sent_within = SIGUSR2;
    CHECK(raise(SIGUSR1) == 0 && have_happened("uvVU"));
    CHECK(set(SIGUSR1, take_and_send, 0, SIGUSR2));
    sent_within = SIGUSR2;
    CHECK(raise(SIGUSR1) == 0 && have_happened("uUvV"));
    CHECK(set(SIGUSR1, take_and_send, SA_NODEFER, 0));
    sent_within = SIGUSR1;
    CHECK(raise(SIGUSR1) == 0 && have_happened("uuUU"));
    return true;
}

// Afterwards everything is masked as before.
static bool masks_are_put_back(void)
{
    sigset_t now, before;
    sigemptyset(&before);
    sigaddset(&before, SIGHUP);
    CHECK(sigprocmask(SIG_SETMASK, &before, NULL) == 0);
    CHECK(set(SIGUSR1, take, 0, SIGUSR2) && raise(SIGUSR1) == 0 && have_happened("uU"));
    CHECK(sigprocmask(SIG_BLOCK, NULL, &now) == 0);
    for (int signal = 1; signal <= 64; ++signal)
        CHECK(signal == 32 || signal == 33 || signal == 34 ||
              sigismember(&now, signal) == (signal == SIGHUP));
    return true;
}

// SA_RESETHAND: once, and not masked meanwhile.
static bool handlers_for_once(void)
{
    struct sigaction action;
    CHECK(set(SIGUSR1, take, (int)SA_RESETHAND, 0) && raise(SIGUSR1) == 0 && have_happened("uU"));
    CHECK(sigaction(SIGUSR1, NULL, &action) == 0 && action.sa_handler == SIG_DFL);
    return true;
}

static int gate[2];

static bool child_has_handlers_of_its_own(void)
{
    char byte;
    CHECK(raise(SIGUSR1) == 0 && have_happened("uU"));  // those of the parent, at first
    CHECK(set(SIGUSR1, SIG_IGN, 0, 0) && raise(SIGUSR1) == 0 && have_happened(""));
    CHECK(kill(getppid(), SIGUSR1) == 0 && write(gate[1], "", 1) == 1);
    return read(gate[0], &byte, 0) == 0;
}

// What a child makes of a signal is nothing to its parent, and the other way round.
static bool each_process_has_its_own(void)
{
    char byte;
    CHECK(pipe(gate) == 0 && set(SIGUSR1, take, SA_RESTART, 0));
    pid_t const child = start_child(child_has_handlers_of_its_own);
    CHECK(read(gate[0], &byte, 1) == 1 && ended_well(child));
    CHECK(have_happened("uU"));
    CHECK(raise(SIGUSR1) == 0 && have_happened("uU"));
    return true;
}

static bool does_nothing_about_it(void)
{
    char byte;
    CHECK(set(SIGUSR1, SIG_DFL, 0, 0) && write(gate[1], "", 1) == 1);
    return read(gate[0], &byte, 0) == 0 && pause() == 0;
}

// Where the program says nothing, the default does, although the sender has a handler.
static bool the_receiver_decides(void)
{
    char byte;
    int status;
    CHECK(pipe(gate) == 0 && set(SIGUSR1, take, 0, 0));
    pid_t const child = start_child(does_nothing_about_it);
    CHECK(read(gate[0], &byte, 1) == 1 && kill(child, SIGUSR1) == 0);
    CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) &&
          WTERMSIG(status) == SIGUSR1);
    CHECK(have_happened(""));
    return true;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(a_handler_is_not_interrupted_by_its_own_kind),
    CASE(masks_are_put_back),
    CASE(handlers_for_once),
    CASE(each_process_has_its_own),
    CASE(the_receiver_decides),
};

int main(int count, char** arguments) { return RUN_CASE(count, arguments, "/handlers.tmp", cases); }
