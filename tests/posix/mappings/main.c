// posix-mappings: checks of mapped files.
#include "tests/posix/mappings/cases.h"
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>

unsigned char pattern(size_t offset)
{
    return (unsigned char)(offset * 7 + offset / page_bytes * 13 + 1);
}

int make_pages(char const* path, size_t pages)
{
    int const file = open(path, O_RDWR | O_CREAT | O_TRUNC, 0644);
    for (size_t page = 0; file >= 0 && page < pages; ++page) {
        unsigned char bytes[page_bytes];
        for (size_t i = 0; i < page_bytes; ++i)
            bytes[i] = pattern(page * page_bytes + i);
        if (write(file, bytes, page_bytes) != page_bytes)
            return -1;
    }
    return file;
}

static sigjmp_buf before_fault;
static void* fault_address;
static int fault_code;

static void on_bus_error(int signal, siginfo_t* info, void* context)
{
    (void)signal;
    (void)context;
    fault_address = info->si_addr;
    fault_code = info->si_code;
    siglongjmp(before_fault, 1);
}

static void catch_bus_errors(void)
{
    struct sigaction const action = {.sa_sigaction = on_bus_error, .sa_flags = SA_SIGINFO};
    sigaction(SIGBUS, &action, NULL);
}

static bool was_there(void const volatile* address)
{
    return fault_address == (void const*)address && fault_code == BUS_ADRERR;
}

bool load_raises_bus_error(char const volatile* byte)
{
    catch_bus_errors();
    if (sigsetjmp(before_fault, 1) != 0)
        return was_there(byte);
    (void)*byte;
    return false;
}

bool store_raises_bus_error(char volatile* byte)
{
    catch_bus_errors();
    if (sigsetjmp(before_fault, 1) != 0)
        return was_there(byte);
    *byte = 1;
    return false;
}

#define CASE(name) {#name, name}

static struct check_case const cases[] = {
    CASE(a_private_mapping_is_a_copy),
    CASE(a_shared_mapping_is_the_file),
    CASE(processes_share_a_mapping),
    CASE(fork_keeps_mappings),
    CASE(shared_anonymous_memory),
    CASE(a_mapped_file_stays_open),
    CASE(parts_are_unmapped),
    CASE(exec_leaves_mappings_behind),
    CASE(the_last_page_ends_in_zeros),
    CASE(beyond_the_end_there_is_nothing),
    CASE(truncated_under_a_mapping),
    CASE(holes_are_filled),
    CASE(more_pages_than_are_kept),
    CASE(system_calls_bring_pages_in),
    CASE(reading_into_a_mapping_of_the_same_file),
    CASE(synchronising),
    CASE(rights),
    CASE(arguments_are_checked),
    CASE(files_in_memory),
    CASE(a_mapped_file_is_in_memory_once),
    CASE(others_read_and_write_at_once),
};

int main(int count, char** arguments)
{
    if (count == 2 && strcmp(arguments[1], "count-pages") == 0)
        return 7;
    return RUN_CASE(count, arguments, "/mappings.tmp", cases);
}
