"""Sealed fields: nothing readable in the database, nothing that can change place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.kernel.vault.public import CannotUnseal, blind_index, ensure_key_file, seal, unseal

pytestmark = pytest.mark.django_db


@given(st.binary(max_size=2000))
def test_what_is_sealed_comes_back(plain):
    assert unseal(seal(plain, context="a"), context="a") == plain


def test_the_same_text_is_sealed_differently_each_time():
    assert seal(b"x", context="a") != seal(b"x", context="a")


CHANGES = {
    "one bit": lambda sealed: sealed[:-1] + bytes([sealed[-1] ^ 1]),
    "another key": lambda sealed: b"d9999" + sealed[5:],
    "a key of no ring": lambda sealed: b"k9" + sealed[5:],
    "too short": lambda sealed: sealed[:10],
    "no key": lambda sealed: sealed[6:],
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_changed_or_foreign_value_is_refused(change):
    with pytest.raises(CannotUnseal):
        unseal(change(seal("窓口".encode(), context="a")), context="a")


def test_a_value_cannot_move_to_another_column():
    with pytest.raises(CannotUnseal):
        unseal(seal(b"x", context="accounts.person.name"), context="accounts.person.address")


def test_the_blind_index_is_stable_and_depends_on_its_place():
    assert blind_index("x", context="a") == blind_index("x", context="a") != blind_index("x", context="b")


def test_key_files_are_for_the_owner_only_and_never_overwritten(tmp_path):
    path = tmp_path / "keys" / "vault.json"
    assert ensure_key_file(path)
    before = path.read_bytes()
    assert not ensure_key_file(path)
    assert path.read_bytes() == before
    assert path.stat().st_mode & 0o077 == 0
