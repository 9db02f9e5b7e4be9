"""A POSIX session on the console, as a person would have it: busybox's shell and what it starts."""
import re
import time

import pexpect
import pytest
from harness import Machine, assert_clean, copy_disk
from session import SHELL_PROMPT, START, Session, unseen


@pytest.fixture
def machine(tmp_path, request):
    """Of two harts, or as many as the test says."""
    image = copy_disk(tmp_path / "disk.img")
    with Machine(image, smp=getattr(request, "param", 2), limit=60) as booted:
        yield booted.boot()
        assert booted.shutdown() == 0
    assert_clean(image)
    image.unlink()


@pytest.fixture
def session(machine):
    shell = Session(machine)
    yield shell
    shell.leave()


def test_a_pipeline(session):
    assert session.run("for i in 3 1 2 1; do echo $i; done | sort | uniq -c | sort -rn | head -1"
                       ).split() == ["2", "1"]


def test_many_kilobytes_through_a_pipe_arrive(session):
    sums = session.run("head -c 300000 /dev/zero | tr '\\0' 'x' > /tmp/x; cat /tmp/x | md5sum; "
                       "md5sum < /tmp/x; wc -c < /tmp/x; rm /tmp/x").splitlines()
    assert sums[0] == sums[1] and sums[2] == "300000"


def test_redirections_and_a_here_document(session):
    assert session.run("echo one > /f; echo two >> /f; cat < /f; rm /f") == "one\ntwo"
    assert session.run("ls /no/such 2>/dev/null || echo failed") == "failed"
    session.send("cat <<X\rtext\rX\r")
    session.machine.expect(r"\n> X\r+\ntext\r+\n")
    session.machine.expect(re.escape(SHELL_PROMPT))


def test_the_end_of_a_program_is_told(session):
    assert session.run("true; echo $?; false; echo $?; sh -c 'exit 7'; echo $?") == "0\n1\n7"
    assert session.run("sh -c 'kill -TERM $$'; echo $?").splitlines()[-1] == "143"
    assert session.run("sh -c 'kill -KILL $$'; echo $?").splitlines()[-1] == "137"
    assert session.run("/no/such; echo $?").splitlines()[-1] == "127"


def test_background_programs_are_waited_for(session):
    assert session.run("sleep 1 & wait $!; echo waited $?").splitlines()[-1] == "waited 0"
    assert session.run("(sleep 60 & echo $! > /pid); kill $(cat /pid); rm /pid; echo sent") == "sent"


def test_interrupting_a_loop_from_the_keyboard(session):
    session.send(f"echo {unseen(START)}; while true; do :; done\r")
    session.machine.expect(START)
    session.send("\x03")
    session.machine.expect(re.escape(SHELL_PROMPT))
    session.send(f"sh -c \"echo {unseen(START)}; exec sleep 100\"\r")
    session.machine.expect(START)
    session.send("\x03")
    session.machine.expect(re.escape(SHELL_PROMPT))
    assert session.run("echo alive") == "alive"


def test_stopping_and_going_on(session):
    session.send(f"sh -c \"echo {unseen(START)}; sleep 2\"\r")
    session.machine.expect(START)
    session.send("\x1a")
    session.machine.expect(r"\[1\]\+  Stopped +sh -c")
    session.machine.expect(re.escape(SHELL_PROMPT))
    stopped = session.run("jobs")
    assert "Stopped" in stopped and "sleep 2" in stopped
    session.send("fg\r")
    session.machine.expect(re.escape(SHELL_PROMPT))


def test_a_key_pressed_while_a_program_becomes_another_one_stops_or_ends_it(session):
    program = f"sh -c \"echo {unseen(START)}; exec env env env sleep 1000\"\r"
    for key, told in ("\x1a", "Stopped"), ("\x03", ""):
        for _ in range(8):
            session.send(program)
            session.machine.expect(START)
            session.send(key)
            session.machine.expect(told + ".*" + re.escape(SHELL_PROMPT))
    assert session.run("jobs | grep -c Stopped") == "8"
    session.run("for i in 1 2 3 4 5 6 7 8; do kill -9 %$i; done; wait")


def test_programs_in_the_background(session):
    session.send("sleep 1000 &\rsleep 2000 &\r")
    session.machine.expect(re.escape(SHELL_PROMPT) + ".*" + re.escape(SHELL_PROMPT))
    jobs = session.run("jobs").splitlines()
    assert len(jobs) == 2 and all("Running" in job for job in jobs)
    session.run("kill %1; wait %1")
    session.send("fg %2\r")
    session.machine.expect("sleep 2000")
    answers = [r"\[2\]\+  Stopped +sleep 2000", pexpect.TIMEOUT]
    for _ in range(12):  # what comes before fg's SIGCONT is taken back by it
        session.send("\x1a")
        if session.machine.console.expect(answers, timeout=5) == 0:
            break
    session.run("bg")
    assert "Running" in session.run("jobs")
    session.run("kill %2; wait")
    assert session.run("jobs") == ""


def test_the_editor(session):
    session.send("vi /tmp/poem\r")
    session.machine.expect(r"/tmp/poem 1/1 100%")
    session.send("ione line\rand another\x1b")
    session.machine.expect(r"- /tmp/poem \[Modified\] 2/2 100%")
    session.send("ggdwG:wq\r")
    session.machine.expect("2L, 17C")
    session.machine.expect(re.escape(SHELL_PROMPT))
    assert session.run("cat /tmp/poem; rm /tmp/poem") == "line\nand another"


def test_the_pager(session):
    session.send("seq 1 100 | less\r")
    session.machine.expect("23\r*\n.*standard input")
    session.send(" ")
    session.machine.expect("46\r*\n")
    session.send("G")
    session.machine.expect("100\r*\n")
    session.send("q")
    session.machine.expect(re.escape(SHELL_PROMPT))
    assert session.run("echo back") == "back"


def test_names_are_completed(session):
    session.run("mkdir /tmp/folder; echo text > /tmp/folder/unusual-name")
    session.send("cat /tmp/fo\tun\t\r")
    session.machine.expect(r"\ntext\r*\n")
    session.machine.expect(re.escape(SHELL_PROMPT))
    session.run("rm -r /tmp/folder")


def test_what_proc_tells(session):
    session.run("{ sleep 1000 & }")
    rows = session.run("ps -o pid,ppid,stat,args").splitlines()
    assert any(row.endswith("sleep 1000") for row in rows)
    numbers = [int(row.split()[0]) for row in rows[1:]]
    assert len(numbers) >= 3 and numbers == sorted(numbers)
    assert session.run("cat /proc/self/stat").split()[1:3] == ["(cat)", "S"]
    assert session.run("tr '\\0' ' ' < /proc/$!/cmdline").strip() == "sleep 1000"
    assert session.run("pidof sleep") == session.run("echo $!")
    session.run("kill -STOP $!")
    assert session.run("grep State /proc/$!/status").split()[1] == "T"
    session.run("kill -CONT $!; killall sleep; wait")
    assert session.run("pidof sleep; ls /proc/$! 2>&1 | grep -c No") == "1"
    total, used, free, _, cached = map(int, session.run("free").splitlines()[1].split()[1:6])
    assert total == used + free + cached and 100000 < total < 131072
    assert "load average" in session.run("uptime")
    assert "/dev/disk on / type ext4" in session.run("mount")
    assert session.run("cd /proc/self; pwd -P; cd /") .startswith("/proc/")


def test_proc_says_in_which_servers_the_time_went(session):
    program = ('for i = 1, 60 do local f = io.open("/bin/busybox", "rb"); f:read("a"); f:close() end '
               'for line in io.lines("/proc/self/visits") do print(line) end')
    rows = [row.split() for row in session.run(f"lua -e '{program}'").splitlines()]
    milliseconds = {name: int(figure) for name, figure in rows}
    assert milliseconds["lua"] > 0
    assert milliseconds["fs"] > 100


def test_devices(session):
    assert session.run("ls /dev | grep -c -E 'null|zero|full|random|urandom|tty|console|ptmx|pts|shm|disk'") == "11"
    assert session.run("ls -ld /dev/shm | cut -c1-10; ls -lA /dev | grep -c ' shm$'") == "drwxrwxrwt\n1"
    assert session.run("stat -c %t:%T /dev/null") == "1:3"
    assert session.run("echo x 2>&1 > /dev/full | grep -c 'No space'; echo y > /dev/null; wc -c < /dev/null"
                       ).splitlines()[-1] == "0"
    assert session.run("head -c 10000 /dev/zero | tr -d '\\0' | wc -c") == "0"
    one, two = (session.run("head -c 1000 /dev/urandom | md5sum") for _ in range(2))
    assert one != two
    assert session.run("echo there > /dev/tty") == "there"


def test_the_disk_is_a_file_for_the_superuser_to_read(session):
    """Of any bytes, wherever its blocks begin: ext4's magic number is in bytes 1080 and 1081."""
    assert session.run("stat -c '%F %a' /dev/disk") == "block special file 400"
    assert session.run("dd if=/dev/disk bs=1 skip=1079 count=4 2>/dev/null | od -An -tx1 -j1 -N2"
                       ) == " 53 ef"
    whole, pieces = (session.run(f"dd if=/dev/disk {how} 2>/dev/null | md5sum")
                     for how in ("bs=70000 skip=1 count=3", "bs=1000 skip=70 count=210"))
    assert whole == pieces
    assert session.run("dd if=/dev/disk bs=1M skip=100000 2>/dev/null | wc -c") == "0"
    assert "Read-only" in session.run("echo x 2>&1 >> /dev/disk")
    assert "denied" in session.run("su guest -c 'cat /dev/disk 2>&1'")


def test_descriptors_have_names(session):
    assert session.run("tty") == "/dev/console"
    assert session.run("echo through > /dev/stderr") == "through"
    assert session.run("echo a line | cat /dev/stdin") == "a line"
    assert session.run("echo other | cat /dev/fd/0 /proc/self/fd/0") == "other"
    assert session.run("readlink /proc/self/fd/0") == "/dev/console"
    assert session.run("test -w /dev/stdout && echo yes") == "yes"
    assert "No such file" in session.run("cat /dev/fd/77")
    assert session.run("nproc") == "2"
    assert session.run("uname -o") == "Baton"


def test_top_shows_new_figures(session):
    session.send("while :; do :; done & top -d 1\r")
    session.machine.expect("Load average")
    first = session.machine.expect(r"CPU: +([0-9.]+)% usr")
    session.machine.expect("Load average", 20)
    session.machine.expect(r"R +[0-9]+ .*ash", 20)
    session.send("q")
    session.machine.expect(re.escape(SHELL_PROMPT))
    assert first
    session.run("kill $!; wait")


def test_a_script_with_an_interpreter(session):
    session.run("printf '#!/bin/busybox sh\\necho \"$0: $1 of $#\"\\n' > /tool; chmod +x /tool")
    assert session.run("/tool one two; rm /tool") == "/tool: one of 2"


def test_a_shell_becomes_another_program(session):
    one, other = session.run("sh -c 'echo $$; exec sh -c \"echo \\$\\$\"'").splitlines()
    assert one == other
    assert session.run("sh -c 'exec ls /bin/true; echo never' | cat") == "/bin/true"


def test_exec_at_the_prompt_replaces_the_shell_and_its_end_is_the_sessions(session):
    number = session.run("echo $$")
    session.send("exec sh\r")
    session.machine.expect(r"\n" + re.escape(SHELL_PROMPT))
    assert session.run("echo $$") == number
    session.send("exec ls -d /bin /etc\r")
    session.machine.expect(r"/bin.*/etc")
    session.machine.expect(re.escape("\n" + session.machine.prompt))
    session.__init__(session.machine)


def test_one_program_reads_everything_that_is_a_file(session):
    session.run("mkfifo /fifo; echo in a file > /file; ln -s file /link")
    assert session.run("cat /file /link") == "in a file\nin a file"
    assert session.run("cat < /file | cat - | cat") == "in a file"
    assert session.run("echo through a fifo > /fifo & cat /fifo; wait").splitlines()[-1] == "through a fifo"
    assert session.run("cat /dev/null; cat /dev/zero | head -c 3 | tr '\\0' z; echo") == "zzz"
    assert session.run("cat /proc/self/comm") == "cat"
    assert session.run("cat /bin 2>&1") == "cat: read error: Is a directory"
    session.send(f"echo {unseen(START)}; cat /dev/tty\r")
    session.machine.expect(START)
    session.send("typed\r\x04")
    session.machine.expect(r"typed\r*\ntyped\r*\n")
    session.machine.expect(re.escape(SHELL_PROMPT))
    assert session.run("dd if=/file bs=3 skip=1 count=1 2>/dev/null; echo; rm /fifo /file /link") == "a f"


def test_handlers_of_signals(session):
    assert session.run("sh -c 'trap \"echo caught\" USR1; kill -USR1 $$; echo after'"
                       ) == "caught\nafter"
    assert session.run("sh -c 'trap \"\" TERM; kill -TERM $$; echo ignored'") == "ignored"


def test_a_writer_whose_reader_has_gone_ends(session):
    assert session.run("yes | head -2") == "y\ny"


def test_line_editing_of_the_terminal(session):
    session.send(f"echo {unseen(START)}; cat\r")
    session.machine.expect(START)
    session.send("wrong\x15right\x7f\x7fht\r\x04")
    session.machine.expect("right\r*\n")
    session.machine.expect(re.escape(SHELL_PROMPT))


# With one hart: how long harts that share a host's CPU wait for each other is not what it is about.
@pytest.mark.parametrize("machine", [1], indirect=True)
def test_a_thousand_processes_leave_nothing_behind(session):
    def used():
        session.leave()
        rows = (row.split() for row in session.machine.command("ps").splitlines())
        before = next(int(row[2]) for row in rows if row[1:2] == ["kernel"])
        session.__init__(session.machine)
        return before

    session.run("for i in 1 2 3 4 5; do /bin/true; done")
    before = used()
    session.run("i=0; while [ $i -lt 500 ]; do (true); /bin/true; i=$((i+1)); done", limit=300)
    assert used() <= before + 64


def test_each_process_knows_the_time_and_has_random_numbers(session):
    assert abs(int(session.run("(date +%s)")) - time.time()) < 300
    names = [session.run("mktemp") for _ in range(2)]
    assert names[0] != names[1] and all(name.startswith("/tmp/") for name in names)
