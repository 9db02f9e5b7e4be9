#include "check.h"

static struct {
    char const* name;
    bool (*passes)(void);
} const groups[] = {
    {"memory", memory_works}, {"threads", threads_work},         {"clocks", clocks_work},
    {"files", files_work},    {"directories", directories_work},
};

int main(void)
{
    int failed = 0;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; ++i) {
        bool const passed = groups[i].passes();
        printf("%s: %s\n", groups[i].name, passed ? "ok" : "FAILED");
        failed += !passed;
    }
    return failed != 0;
}
