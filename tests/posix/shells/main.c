// posix-shells: a shell is a program like others, and this is what it needs of the system.
//     posix-shells CASE
//     posix-shells -WHAT [FILE]: a part of a case, as a program of its own; a script's interpreter
#include "tests/posix/children.h"
#include "tests/posix/shells/little_shell.h"
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>

static bool write_file(char const* name, char const* text, mode_t mode)
{
    int const file = open(name, O_WRONLY | O_CREAT | O_TRUNC, mode);
    ssize_t const size = (ssize_t)strlen(text);
    return file >= 0 && write(file, text, (size_t)size) == size && close(file) == 0;
}

static char const* content(char const* name)
{
    static char text[4096];
    int const file = open(name, O_RDONLY);
    ssize_t const size = file < 0 ? 0 : read(file, text, sizeof text - 1);
    text[size < 0 ? 0 : size] = 0;
    close(file);
    return text;
}

static bool holds(char const* name, char const* text) { return strcmp(content(name), text) == 0; }

// A little shell that the file gives its lines, with its output in `output`.
static pid_t start_shell(char const* lines)
{
    REQUIRE(write_file("lines", lines, 0644));
    pid_t const child = fork();
    if (child != 0)
        return child;
    int const input = open("lines", O_RDONLY);
    int const output = open("output", O_WRONLY | O_CREAT | O_TRUNC, 0644);
    REQUIRE(dup2(input, 0) == 0 && dup2(output, 1) == 1);
    close(input);
    close(output);
    _exit(run_little_shell() != 0);
}

static bool runs(char const* lines) { return ended_well(start_shell(lines)); }

// Each line is run to its end before the next one, and programs begin with what the shell has open.
static bool lines_are_run_in_order(void)
{
    CHECK(runs("echo one\n"
               "# nothing\n"
               "\n"
               "echo two   three   # and no more\n"
               "/tests/posix-shells -open\n"
               "echo end"));
    CHECK(holds("output", "one\ntwo three\n0 1 2\nend\n"));
    CHECK(!runs("/no/such/program\n"));
    CHECK(!runs("sh -c false"));
    return true;
}

static bool files_take_the_place_of_the_terminal(void)
{
    CHECK(write_file("numbers", "3\n1\n2\n", 0644));
    CHECK(runs("sort < numbers > sorted\ncat sorted\nwc -l < sorted\n"));
    CHECK(holds("sorted", "1\n2\n3\n") && holds("output", "1\n2\n3\n3\n"));
    CHECK(runs("echo shorter > sorted"));
    CHECK(holds("sorted", "shorter\n") && holds("output", ""));
    return true;
}

// More goes through than pipes hold, so that all four run at once; and the last one takes its time.
static bool four_programs_run_side_by_side(void)
{
    CHECK(runs("/tests/posix-shells -many | cat | tr x y | /tests/posix-shells -slow > counted\n"
               "cat counted"));
    CHECK(holds("output", "1000000\n"));
    CHECK(waitpid(-1, NULL, WNOHANG) == -1 && errno == ECHILD);
    return true;
}

// Somebody who counts up, where both see it.
static atomic_long* counter;

static bool count_up(void)
{
    for (;;)
        atomic_fetch_add(counter, 1);
    return true;
}

static bool grows(void)
{
    long const before = atomic_load(counter);
    for (int i = 0; i < 2000 && atomic_load(counter) == before; ++i)
        usleep(1000);
    return atomic_load(counter) != before;
}

static bool jobs_stop_go_on_and_end(void)
{
    counter = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    CHECK(counter != MAP_FAILED);
    pid_t const job = start_child(count_up);
    int status;
    CHECK(setpgid(job, job) == 0 && grows());
    CHECK(kill(-job, SIGTSTP) == 0 && waitpid(job, &status, WUNTRACED) == job);
    CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGTSTP);
    long const stopped_at = atomic_load(counter);
    usleep(20000);
    CHECK(atomic_load(counter) == stopped_at);
    CHECK(kill(-job, SIGCONT) == 0 && waitpid(job, &status, WCONTINUED) == job);
    CHECK(WIFCONTINUED(status) && grows());
    CHECK(waitpid(job, &status, WNOHANG) == 0);
    CHECK(kill(-job, SIGTERM) == 0 && waitpid(job, &status, 0) == job);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM);
    return true;
}

// The first line's program ends only when the second one has run.
static bool the_background_is_not_waited_for(void)
{
    CHECK(mkfifo("gate", 0600) == 0);
    CHECK(runs("cat gate > passed &\n"
               "echo go > gate\n"
               "wait\n"
               "cat passed\n"));
    CHECK(holds("output", "go\n"));
    return true;
}

static bool scripts_name_their_interpreter(void)
{
    CHECK(write_file("tool",
                     "#!/tests/posix-shells -script\n"
                     "# comments are for people\n"
                     "echo from a script\n",
                     0755));
    CHECK(runs("./tool\necho after"));
    CHECK(holds("output", "from a script\nafter\n"));
    CHECK(write_file("lost", "#!/no/such/interpreter\necho x\n", 0755));
    CHECK(!runs("./lost"));
    return true;
}

// The shell is the program from then on: with its number, and nothing comes back.
static bool exec_replaces_the_shell(void)
{
    pid_t const shell = start_shell("echo before\n"
                                    "exec /tests/posix-shells -number\n"
                                    "echo never\n");
    char expected[64];
    CHECK(ended_well(shell));
    snprintf(expected, sizeof expected, "before\n%d\n", (int)shell);
    CHECK(holds("output", expected));
    return true;
}

static int tell_open_descriptors(void)
{
    char const* separator = "";
    for (int descriptor = 0; descriptor < 128; ++descriptor)
        if (fcntl(descriptor, F_GETFD) >= 0) {
            printf("%s%d", separator, descriptor);
            separator = " ";
        }
    puts("");
    return 0;
}

enum { many = 1000000 };

static int write_many(void)
{
    static char block[1000];
    memset(block, 'x', sizeof block);
    for (int left = many; left > 0; left -= (int)sizeof block)
        REQUIRE(write(1, block, sizeof block) == (ssize_t)sizeof block);
    return 0;
}

static int count_slowly(void)
{
    static char block[4096];
    long total = 0;
    ssize_t count;
    while ((count = read(0, block, sizeof block)) > 0)
        for (ssize_t i = 0; i < count; ++i)
            total += block[i] == 'y';
    usleep(50000);
    printf("%ld\n", total);
    return 0;
}

static int run_script(char const* name)
{
    int const file = open(name, O_RDONLY);
    REQUIRE(file >= 0 && dup2(file, 0) == 0);
    close(file);
    return run_little_shell() != 0;
}

static int do_part(char const* part, char const* name)
{
    if (strcmp(part, "-open") == 0)
        return tell_open_descriptors();
    if (strcmp(part, "-many") == 0)
        return write_many();
    if (strcmp(part, "-slow") == 0)
        return count_slowly();
    if (strcmp(part, "-script") == 0 && name != NULL)
        return run_script(name);
    if (strcmp(part, "-number") == 0)
        return printf("%d\n", (int)getpid()) < 0;
    return 2;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(lines_are_run_in_order),           CASE(files_take_the_place_of_the_terminal),
    CASE(four_programs_run_side_by_side),   CASE(jobs_stop_go_on_and_end),
    CASE(the_background_is_not_waited_for), CASE(scripts_name_their_interpreter),
    CASE(exec_replaces_the_shell),
};

int main(int count, char** arguments)
{
    if (count > 1 && arguments[1][0] == '-')
        return do_part(arguments[1], arguments[2]);
    return RUN_CASE(count, arguments, "/shells.tmp", cases);
}
