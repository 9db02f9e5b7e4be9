"""Users: logging in, what each of them may do, and becoming another."""
import re

import pytest
from harness import debugfs
from session import SHELL_PROMPT, Session

GUEST_PROMPT = "~ $ "


def log_in(machine, name, password, prompt):
    machine.send("login\r")
    machine.expect("login: ")
    machine.send(f"{name}\r")
    machine.expect("Password: ")
    machine.send(f"{password}\r")
    machine.expect(re.escape(prompt))


@pytest.fixture
def guest(shell):
    log_in(shell, "guest", "guest", GUEST_PROMPT)
    session = Session(shell, prompt=GUEST_PROMPT, start=None)
    yield session
    session.leave()


def test_a_user_logs_in_and_is_nobody_else(guest):
    assert guest.run("id") == "uid=1000(guest) gid=1000(guest) groups=1000(guest),100(users)"
    assert guest.run("pwd; echo $HOME $USER") == "/home/guest\n/home/guest guest"


def test_what_a_user_makes_is_his(guest):
    guest.run("touch made; mkdir -p folder")
    assert guest.run("stat -c '%U %G %a' made folder") == "guest guest 644\nguest guest 755"
    assert guest.run("rm -r made folder; ls") == ""


def test_a_user_may_not_touch_what_is_not_his(guest):
    for command in ["echo x > /etc/passwd", "cat /etc/shadow", "touch /new", "rm /bin/ls",
                    "chmod 777 /etc", "chown guest /etc/passwd", "ls /root", "kill 1"]:
        denied = guest.run(f"{command}; echo $?").splitlines()
        assert denied[-1] != "0", command
    assert guest.run("test -w /etc/passwd || test -r /etc/shadow || echo neither") == "neither"


def test_a_wrong_password_does_not_do(shell):
    shell.send("login\r")
    shell.expect("login: ")
    shell.send("guest\r")
    shell.expect("Password: ")
    shell.send("wrong\r")
    shell.expect("Login incorrect")
    shell.expect("login: ")
    shell.send("\x03")
    shell.expect(re.escape(shell.prompt))


def test_becoming_the_superuser(guest):
    guest.send("su\r")
    guest.machine.expect("Password: ")
    guest.send("baton\r")
    guest.machine.expect(re.escape("# "))
    guest.send("id -u; echo changed > /etc/changed; exit\r")
    guest.machine.expect("\n0\r*\n")
    guest.machine.expect(re.escape(GUEST_PROMPT))
    assert guest.run("stat -c %U /etc/changed; id -u") == "root\n1000"
    guest.send("su -c 'rm /etc/changed'\r")
    guest.machine.expect("Password: ")
    guest.send("guest\r")
    guest.machine.expect("incorrect password")
    guest.machine.expect(re.escape(GUEST_PROMPT))
    assert guest.run("cat /etc/changed") == "changed"


def test_the_superuser_becomes_somebody_and_makes_users(posix_shell):
    assert posix_shell.run("su guest -c id") == (
        "uid=1000(guest) gid=1000(guest) groups=1000(guest),100(users)")
    assert posix_shell.run("su guest -c 'echo x > /etc/passwd' 2>/dev/null || echo denied"
                           ) == "denied"
    posix_shell.run("adduser -D ann; echo ann:secret | chpasswd", limit=60)
    assert posix_shell.run("stat -c '%U %a' /home/ann; su ann -c 'id -un'").splitlines()[-1] == "ann"
    assert posix_shell.run("su ann -c 'exec sleep 100' & sleep 1; su guest -c \"kill $!\" "
                           "2>/dev/null || echo denied; kill $!").splitlines()[-1] == "denied"


def test_two_users_do_not_see_each_others_files(shell, posix_shell):
    """Each logs in himself. What a user starts is his, too."""
    posix_shell.run("adduser -D eve; echo eve:secret | chpasswd", limit=60)
    posix_shell.leave()
    log_in(shell, "guest", "guest", GUEST_PROMPT)
    guest = Session(shell, prompt=GUEST_PROMPT, start=None)
    guest.run("umask 077; echo private > /tmp/letter; echo open > /tmp/card; chmod 644 /tmp/card")
    guest.leave()
    log_in(shell, "eve", "secret", GUEST_PROMPT)
    eve = Session(shell, prompt=GUEST_PROMPT, start=None)
    assert "Permission denied" in eve.run("cat /tmp/letter")
    assert "Permission denied" in eve.run("sh -c 'find /tmp -name letter | xargs cat'")
    for change in ["echo x >> /tmp/letter", "echo x > /tmp/card", "rm -f /tmp/card", "mv /tmp/letter /tmp/x",
                   "chmod 666 /tmp/letter", "ln -f /tmp/letter /tmp/letter2 && cat /tmp/letter2"]:
        assert eve.run(f"({change}) 2>/dev/null && echo done || echo denied") == "denied", change
    assert eve.run("cat /tmp/card; sh -c 'sh -c \"id -un\"'") == "open\neve"
    eve.leave()
    log_in(shell, "guest", "guest", GUEST_PROMPT)
    guest = Session(shell, prompt=GUEST_PROMPT, start=None)
    assert guest.run("cat /tmp/letter /tmp/card; rm /tmp/letter /tmp/card") == "private\nopen"
    guest.leave()
    posix_shell.__init__(shell)
    posix_shell.run("deluser eve")


USER_CASES = ["numbers", "giving_up_and_taking_back", "groups", "files_of_users",
              "permission_is_checked_by_open", "an_exclusive_device_opens_once", "set_user_programs",
              "signals_to_others", "open_directories_stay_theirs"]


@pytest.mark.parametrize("case", USER_CASES)
def test_users(posix_shell, case):
    assert posix_shell.run(f"/tests/posix-users {case}; rm -rf /users.tmp", limit=60) == "ok"


def test_the_disk_has_users(disk):
    assert re.search(r"Mode: *0640", debugfs(disk, "stat /etc/shadow"))
    assert re.search(r"User: *1000", debugfs(disk, "stat /home/guest"))
