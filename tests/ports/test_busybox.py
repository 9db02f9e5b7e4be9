"""busybox: what its applets do without starting another program."""


def test_applets_are_called_by_their_own_names_and_by_busyboxs(shell):
    assert shell.command("busybox echo one two") == "one two"
    assert shell.command("seq 3") == "1\n2\n3"
    listed = shell.command("/bin/ls /bin").split()
    assert {"busybox", "ash", "vi", "less", "find", "top", "login", "tar", "sha256sum"} <= {*listed}


def test_ash_runs_a_script(shell):
    script = "i=0; while [ $i -lt 3 ]; do i=$((i+1)); done; case $i in [0-9]) echo $i ok;; esac"
    assert shell.command(f"sh -c '{script}'") == "3 ok"
    assert shell.command("sh -c 'f() { echo ${1%.*}; return 7; }; f a.b.c; exit $?'").endswith(
        "a.b\nsh: exit status 7")


def test_awk_sed_and_sort_change_text(shell):
    assert shell.command("awk 'BEGIN { printf \"%.3f %s\\n\", 4 * atan2(1, 1), toupper(\"x\") }'") \
        == "3.142 X"
    assert shell.command("sed -n 's/^Welcome to \\(.*\\)\\.$/\\1/p' /readme") == "Baton"
    shell.command("sh -c 'echo data > /unsorted; echo block >> /unsorted'")
    assert shell.command("sort /unsorted") == "block\ndata"


def test_checksums_are_right(shell):
    shell.command("sh -c 'echo baton > /summed'")
    assert shell.command("md5sum /summed") == "4b206b59ae92687c4945f0341dc3eaa2  /summed"
    assert shell.command("sha256sum /summed").split()[0] == \
        "11acd605a75c2f854df48d6e3485ca92580831afd18ac5cb1d12b2c4d1dc508d"


def test_files_are_packed_and_unpacked(shell):
    shell.command("/bin/mkdir -p /packed/in")
    shell.command("sh -c 'echo hello > /packed/in/file'")
    assert shell.command("tar -cf /packed.tar -C /packed in") == ""
    assert shell.command("tar -tf /packed.tar") == "in/\nin/file"
    assert shell.command("gzip /packed.tar") == ""
    assert "packed.tar" not in shell.command("/bin/ls /").split()
    assert shell.command("gunzip /packed.tar.gz") == ""
    assert shell.command("tar -tf /packed.tar") == "in/\nin/file"
    assert shell.command("find /packed -name fil*") == "/packed/in/file"
