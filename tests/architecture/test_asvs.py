"""The table of OWASP ASVS 5.0 in docs/explain/security.md is whole, and what it points to is there."""

import sys

import pytest

# The level of every requirement by its number, as the standard's own table (5.0.0, CSV) has them.
LEVELS = """
V1.1 22          V1.2 1111122223  V1.3 112222222223  V1.4 222  V1.5 123
V2.1 122         V2.2 112         V2.3 12223         V2.4 23
V3.1 3           V3.2 113         V3.3 12223         V3.4 11222233  V3.5 11122333  V3.6 3  V3.7 22333
V4.1 12233       V4.2 23333       V4.3 22            V4.4 1222
V5.1 2           V5.2 112333      V5.3 113           V5.4 222
V6.1 122         V6.2 111111112222  V6.3 11223333    V6.4 112233  V6.5 22222333  V6.6 2223  V6.7 33  V6.8 2222
V7.1 222         V7.2 1111        V7.3 22            V7.4 11222  V7.5 223  V7.6 22
V8.1 1233        V8.2 1123        V8.3 133           V8.4 23
V9.1 111         V9.2 1222
V10.1 22         V10.2 223        V10.3 22223        V10.4 1111122222233333  V10.5 22222  V10.6 22  V10.7 222
V11.1 2233       V11.2 22233      V11.3 11233        V11.4 1222  V11.5 23  V11.6 23  V11.7 33
V12.1 12233      V12.2 11         V12.3 22223
V13.1 2333       V13.2 222223     V13.3 2233         V13.4 1222233
V14.1 22         V14.2 12223333   V14.3 122
V15.1 12233      V15.2 12233      V15.3 1222222      V15.4 3333
V16.1 2          V16.2 22222      V16.3 2222         V16.4 222  V16.5 2223
V17.1 23         V17.2 22223333   V17.3 22
"""


@pytest.fixture(scope="module")
def table(root):
    sys.path.insert(0, str(root / "scripts"))
    try:
        import asvs_page
    finally:
        sys.path.remove(str(root / "scripts"))
    return asvs_page


def asked_for() -> list[tuple[str, int]]:
    words = LEVELS.split()
    return [
        (f"{section}.{number}", int(level))
        for section, levels in zip(words[::2], words[1::2], strict=True)
        for number, level in enumerate(levels, start=1)
        if level in "12"
    ]


def test_every_requirement_of_levels_one_and_two_stands_there_once(table):
    assert len(asked_for()) == 253
    assert [(item["id"], item["level"]) for item in table.requirements()] == asked_for()


def test_every_state_says_where_or_why(table):
    for item in table.requirements():
        assert set(item) <= {"id", "level", "name", "state", "where", "note"}, item["id"]
        assert item["state"] in table.STATES, item["id"]
        assert item.get("where") if item["state"] == "held" else item.get("note"), item["id"]


def test_what_the_table_points_to_is_there(table):
    missing = [(item["id"], where) for item in table.requirements() for where in item.get("where", [])]
    assert [pair for pair in missing if not table.is_there(pair[1])] == []


def test_a_place_that_is_gone_would_be_noticed(table):
    assert table.is_there("accounts/limits.py:def take_try")
    assert not table.is_there("accounts/limits.py:def take_no_try")
    assert not table.is_there("accounts/no_such_file.py:take_try")
    assert not table.is_there("tests/architecture/test_asvs.py::test_that_never_was")
    assert not table.is_there("docs/explain/security.md:V6.2.1")


def test_the_page_is_written_from_the_list(table):
    assert table.problems() == []
