"""What the stub generator makes of a small schema, and what it refuses."""
import difflib
import pathlib
import subprocess

import pytest

PLUGIN = "./build/host/capnpc-baton"
GENERATED = pathlib.Path("build/generated/tests/golden/golden.hpp")
EXPECTED = pathlib.Path("tests/golden/golden.hpp.expected")
HEADER = '@0xd7d2e9a1c3b5f041;\nusing A = import "/interfaces/annotations.capnp";\n'
NINE = ", ".join(f"{name} :I" for name in "abcdefghi")
FIVE = ", ".join(f"{name} :Data $A.lease(in)" for name in "abcde")

REFUSED = {
    "struct S { union { a @0 :UInt8; b @1 :Text; } }": "S: unions are not supported",
    "struct S { g :group { a @0 :UInt8; } }": "S.g: groups are not supported",
    "struct S { a @0 :List(List(UInt8)); }": "S.a: lists of lists are not supported",
    "interface I {} struct S { a @0 :List(I); }": "S.a: lists of capabilities are not supported",
    "interface I {} struct S { i @0 :I; } struct T { a @0 :List(S); }":
        "T.a: lists of structs with capabilities are not supported",
    "struct S { a @0 :AnyPointer; }": "S.a: AnyPointer and type parameters are not supported",
    "struct S(T) { a @0 :T; }": "S: type parameters are not supported",
    "struct S { s @0 :S; }": "S: a struct cannot contain itself",
    "struct S { t @0 :T; } struct T { s @0 :S; }": ": a struct cannot contain itself",
    "struct S { a @0 :Data $A.lease(in); }": "S.a: only Data parameters of methods can be leases",
    "interface I { m @0 (a :Text $A.lease(in)) -> (); }":
        "a: only Data parameters of methods can be leases",
    "interface I { m @0 () -> (a :Data $A.lease(out)); }": "I.m: results cannot be leases",
    f"interface I {{ m @0 ({FIVE}) -> (); }}": "more than 4 leases",
    f"interface I {{}} interface J {{ m @0 ({NINE}) -> (); }}":
        "J.m: more than 8 capabilities in a message",
    "interface I {} interface J {} interface K extends(I, J) {}": "K: more than one superclass",
    "interface I $A.kernelObject { m @0 () -> (); }": "I: a kernel object has no methods",
    'struct S { a @0 :Data = "abc"; }': "S.a: defaults of this type are not supported",
}


def test_generated_code_is_what_it_was():
    expected, generated = EXPECTED.read_text(), GENERATED.read_text()
    changes = difflib.unified_diff(expected.splitlines(), generated.splitlines(), lineterm="")
    assert expected == generated, "\n".join(changes)


@pytest.mark.parametrize("schema", REFUSED)
def test_what_is_not_supported_is_refused_by_name(schema, tmp_path):
    path = tmp_path / "refused.capnp"
    path.write_text(HEADER + schema + "\n")
    command = ["capnp", "compile", "-I.", f"--src-prefix={tmp_path}", f"-o{PLUGIN}:{tmp_path}", path]
    run = subprocess.run(command, text=True, capture_output=True)
    assert run.returncode != 0
    assert REFUSED[schema] in run.stderr
