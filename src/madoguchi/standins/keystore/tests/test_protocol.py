"""The stand-in speaks the Transit protocol to a client that we did not write: hvac."""

from base64 import b64encode

import hvac
import pytest
from hvac.exceptions import Forbidden, InvalidRequest, VaultDown

from madoguchi.standins.keystore.server import Server
from madoguchi.standins.keystore.store import Fault, Store
from madoguchi.standins.serving import served

PLAIN, OTHER = (b64encode(word).decode() for word in (b"a key of thirty-two bytes, or so", b"other"))


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "keys.json")


@pytest.fixture
def transit(store):
    with served(Server(store, token="rehearsal")) as url:
        yield hvac.Client(url=url, token="rehearsal").secrets.transit


def test_what_is_encrypted_comes_back_and_only_with_its_context(transit):
    sealed = transit.encrypt_data("city", plaintext=PLAIN, associated_data=OTHER)["data"]["ciphertext"]
    assert sealed.startswith("vault:v1:")
    assert transit.decrypt_data("city", ciphertext=sealed, associated_data=OTHER)["data"]["plaintext"] == PLAIN
    with pytest.raises(InvalidRequest, match="authentication failed"):
        transit.decrypt_data("city", ciphertext=sealed, associated_data=PLAIN)
    with pytest.raises(InvalidRequest, match="not found"):
        transit.decrypt_data("village", ciphertext=sealed)


def test_a_turned_key_still_opens_what_it_sealed(transit):
    before = transit.encrypt_data("city", plaintext=PLAIN)["data"]["ciphertext"]
    transit.rotate_key("city")
    assert transit.encrypt_data("city", plaintext=PLAIN)["data"]["ciphertext"].startswith("vault:v2:")
    assert transit.decrypt_data("city", ciphertext=before)["data"]["plaintext"] == PLAIN


def test_the_keys_outlive_the_process(store, transit, tmp_path):
    sealed = transit.encrypt_data("city", plaintext=PLAIN)["data"]["ciphertext"]
    assert Store(tmp_path / "keys.json").decrypt("city", sealed, "") == PLAIN


@pytest.mark.parametrize(("fault", "error"), [(Fault.SEALED, VaultDown), (Fault.DENIED, Forbidden)])
def test_faults_look_to_a_client_as_the_real_ones_do(store, transit, fault, error):
    store.fault = fault
    with pytest.raises(error):
        transit.encrypt_data("city", plaintext=PLAIN)
    assert transit.encrypt_data("city", plaintext=PLAIN)


def test_nobody_gets_in_without_the_token(store):
    with served(Server(store, token="rehearsal")) as url, pytest.raises(Forbidden):
        hvac.Client(url=url, token="another").secrets.transit.encrypt_data("city", plaintext=PLAIN)
