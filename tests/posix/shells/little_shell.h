// A shell of the kind that every textbook has its readers write: lines of programs, with `<`, `>`,
// `|`, `&`, `#`, and `exec` and `wait` built in.
#pragma once

// Runs the lines that standard input has. Returns how the last program in the foreground ended.
int run_little_shell(void);
