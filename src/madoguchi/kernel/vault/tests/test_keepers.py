"""A key store instead of the key file, against a stand-in that speaks its protocol and fails on demand."""

import pytest
from django.core.management import CommandError, call_command

from madoguchi.kernel.vault import datakeys, keepers, keyfile, turning
from madoguchi.kernel.vault.errors import CannotUnseal, CannotUnwrap, KeeperAway
from madoguchi.kernel.vault.models import DataKey
from madoguchi.kernel.vault.public import blind_index, seal, unseal
from madoguchi.lib import clock
from madoguchi.standins.keystore.server import Server
from madoguchi.standins.keystore.store import Fault, Store
from madoguchi.standins.serving import served

KEY = bytes(range(32))


@pytest.fixture
def store(keys, settings, tmp_path, monkeypatch):
    found = Store()
    monkeypatch.setattr(keepers, "TIMEOUT_S", (5, 1.5))
    settings.KMS_TOKEN_FILE = tmp_path / "token"
    settings.KMS_TOKEN_FILE.write_text("rehearsal\n")
    with served(Server(found, token="rehearsal", slow_s=3)) as settings.KMS_URL:
        yield found


def test_a_key_comes_back_from_the_store_under_its_own_name_only(store):
    wrapped = keepers.KeyStore().wrap(KEY, context="a")
    assert keepers.KeyStore().unwrap(wrapped, context="a") == KEY
    with pytest.raises(CannotUnwrap):
        keepers.KeyStore().unwrap(wrapped, context="b")


@pytest.mark.parametrize("fault", list(Fault), ids=lambda fault: fault.value)
def test_whatever_goes_wrong_while_wrapping_changes_nothing(store, fault):
    before = list(DataKey.objects.values())
    store.fault = fault
    with pytest.raises(KeeperAway):
        turning.turn(clock.now())
    assert list(DataKey.objects.values()) == before
    assert store.fault is None
    turning.turn(clock.now())
    assert unseal(seal(b"x", context="a"), context="a") == b"x"


@pytest.mark.parametrize("fault", sorted(set(Fault) - {Fault.NO_CIPHERTEXT, Fault.OTHER_KEY}, key=str), ids=str)
def test_a_store_that_is_away_stops_no_process_that_holds_its_keys(store, fault):
    turning.turn(clock.now())
    sealed = seal(b"x", context="a")
    store.fault = fault
    assert unseal(sealed, context="a") == b"x"
    datakeys.forget()  # a process that starts now
    with pytest.raises(KeeperAway):
        unseal(sealed, context="a")
    assert unseal(sealed, context="a") == b"x"


def test_a_store_that_gives_back_another_key_opens_nothing(store):
    turning.turn(clock.now())
    sealed = seal(b"x", context="a")
    datakeys.forget()
    store.fault = Fault.OTHER_KEY
    with pytest.raises(CannotUnseal):
        unseal(sealed, context="a")


def test_a_city_moves_from_its_key_file_to_a_store_and_no_longer_needs_the_file(store, keys, settings):
    settings.KMS_URL, url = "", settings.KMS_URL
    sealed, index = seal(b"x", context="a"), blind_index("x", context="a")
    settings.KMS_URL = url
    turning.turn(clock.now())
    keys.unlink()
    keyfile.key_ring.cache_clear()
    datakeys.forget()
    assert unseal(sealed, context="a") == b"x"
    assert blind_index("x", context="a") == index
    store.turn("madoguchi")
    turning.turn(clock.now())
    assert all(":v2:" in row.wrapped for row in DataKey.objects.all())


def test_a_missing_token_is_told_without_a_trace(store, settings):
    settings.KMS_TOKEN_FILE.unlink()
    with pytest.raises(CommandError, match="KMS_TOKEN_FILE cannot be read"):
        call_command("vault", "rotate")
