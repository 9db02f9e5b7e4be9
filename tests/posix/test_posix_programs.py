"""Programs of tests/posix that check processes, signals, threads and terminals from inside."""
import pytest

CASES = {
    "exercises": [
        "a_process_starts_and_returns",
        "copies_have_the_same_addresses",
        "heap_and_stack_grow",
        "memory_is_shared",
        "a_fork_bomb",
        "a_grader_of_programs",
    ],
    "processes": [
        "forkthem_makes_31_more",
        "copies_have_variables_of_their_own",
        "statuses",
        "errors",
        "stopped_and_continued_children",
        "orphans_have_parent_1",
        "children_that_nobody_waits_for",
        "programs_and_scripts",
        "spawned_programs",
        "pending_signals_survive_exec",
    ],
    "signals": [
        "masks",
        "nested_handlers",
        "changed_contexts",
        "a_stack_overflow_is_caught",
        "interrupted_and_restarted_calls",
        "a_timer_interrupts_a_loop",
        "values",
        "senders",
        "awaited_signals",
        "handlers_leave_floating_point_alone",
    ],
    "threads": [
        "thread_hello",
        "bounded_buffer",
        "rendezvous",
        "readers_and_writers",
        "atomic_additions",
        "variables_of_each_thread",
        "one_waits_others_run",
        "several_threads_wait_for_children",
        "signals_to_threads",
        "signals_to_the_process",
        "a_thread_that_waits_for_signals",
        "cancelled_threads",
        "the_first_thread_ends_before_others",
        "waits_with_a_deadline",
    ],
    "terminals": [
        "lines",
        "raw_reads",
        "signals_from_the_keyboard",
        "turns",
        "ends_that_close",
        "flood",
        "as_many_as_there_can_be",
    ],
    "limits": [
        "soft_and_hard",
        "programs_keep_them",
        "descriptors",
        "file_sizes",
        "memory",
        "stacks",
        "processes",
        "cpu_time",
        "usage",
        "niceness",
        "the_nice_wait",
    ],
}


@pytest.mark.parametrize("program, case", [(program, case) for program in CASES for case in CASES[program]])
def test_programs(posix_shell, program, case):
    assert posix_shell.run(f"/tests/posix-{program} {case}; rm -rf /{program}.tmp", limit=200) == "ok"
