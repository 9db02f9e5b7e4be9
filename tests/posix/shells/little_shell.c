#include "tests/posix/shells/little_shell.h"
#include "tests/posix/check.h"
#include <fcntl.h>
#include <sys/wait.h>

enum { most_words = 16, most_stages = 8 };

// One program of a pipeline.
struct stage {
    char* words[most_words + 1];
    int count;
    char const* input;
    char const* output;
};

struct pipeline {
    struct stage stages[most_stages];
    int count;
    bool in_background;
};

static void add_word(struct pipeline* line, char* word, char const*** name_goes_to)
{
    struct stage* const stage = &line->stages[line->count - 1];
    if (*name_goes_to != NULL) {
        **name_goes_to = word;
        *name_goes_to = NULL;
        return;
    }
    switch (word[0]) {
    case '<':
        *name_goes_to = &stage->input;
        return;
    case '>':
        *name_goes_to = &stage->output;
        return;
    case '&':
        line->in_background = true;
        return;
    case '|':
        REQUIRE(line->count < most_stages);
        ++line->count;
        return;
    default:
        REQUIRE(stage->count < most_words);
        stage->words[stage->count++] = word;
    }
}

static void parse(char* text, struct pipeline* line)
{
    memset(line, 0, sizeof *line);
    line->count = 1;
    char const** name_goes_to = NULL;
    for (char* word = strtok(text, " \t\n"); word != NULL && word[0] != '#';
         word = strtok(NULL, " \t\n"))
        add_word(line, word, &name_goes_to);
}

static void redirect(int to, int from)
{
    if (from == to)
        return;
    REQUIRE(dup2(from, to) == to && close(from) == 0);
}

static void redirect_to_file(int to, char const* name, int flags)
{
    if (name == NULL)
        return;
    int const file = open(name, flags, 0644);
    REQUIRE(file >= 0);
    redirect(to, file);
}

static void become(struct stage* stage)
{
    redirect_to_file(0, stage->input, O_RDONLY);
    redirect_to_file(1, stage->output, O_WRONLY | O_CREAT | O_TRUNC);
    execvp(stage->words[0], stage->words);
    _exit(127);
}

// With the end of the pipe before it as its input, which is closed here. `next` is the input of
// the one after it.
static pid_t start_stage(struct stage* stage, bool is_last, int input, int* next)
{
    int ends[2] = {0, 1};
    REQUIRE(is_last || pipe(ends) == 0);
    pid_t const child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        redirect(0, input);
        redirect(1, ends[1]);
        if (!is_last)
            close(ends[0]);
        become(stage);
    }
    if (input != 0)
        close(input);
    if (!is_last)
        close(ends[1]);
    *next = ends[0];
    return child;
}

static int run(struct pipeline* line)
{
    pid_t children[most_stages];
    int input = 0;
    int status = 0;
    for (int i = 0; i < line->count; ++i)
        children[i] = start_stage(&line->stages[i], i + 1 == line->count, input, &input);
    for (int i = 0; i < line->count && !line->in_background; ++i)
        REQUIRE(waitpid(children[i], &status, 0) == children[i]);
    return status;
}

static int run_line(struct pipeline* line)
{
    struct stage* const first = &line->stages[0];
    if (first->count == 0)
        return 0;
    if (strcmp(first->words[0], "exec") == 0 && first->count > 1) {
        memmove(first->words, first->words + 1, sizeof first->words - sizeof first->words[0]);
        become(first);
    }
    if (strcmp(first->words[0], "wait") == 0) {
        int status = 0;
        while (waitpid(-1, &status, 0) > 0) {
        }
        return status;
    }
    return run(line);
}

// By single bytes: what is behind the line is for the programs that it starts. False at the end.
static bool read_line(char* text, size_t size)
{
    size_t length = 0;
    ssize_t count = 0;
    while (length + 1 < size && (count = read(0, text + length, 1)) == 1 && text[length] != '\n')
        ++length;
    text[length] = 0;
    return count == 1 || length != 0;
}

int run_little_shell(void)
{
    static char text[512];
    static struct pipeline line;
    int status = 0;
    while (read_line(text, sizeof text)) {
        parse(text, &line);
        status = run_line(&line);
    }
    return status;
}
