# Timers of all kinds: timer_create, setitimer, timerfd_create.
program := posix-timers
libraries := posix
install := tests
$(eval $(build_program))
