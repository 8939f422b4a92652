"""Fixtures every test may use: the fictional city, keys that live only for the run."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# how fast a machine is decides nothing here; speed lives in `make bench`
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")

EXAMPLE = Path(__file__).parent / "cities" / "example"


@pytest.fixture(autouse=True, scope="session")
def _own_keys(tmp_path_factory):
    """Keys, files and mail of the run go to a folder of the run."""
    from django.conf import settings

    from madoguchi.kernel.accounts.oidc import ensure_client_key
    from madoguchi.kernel.vault.public import ensure_key_file
    from madoguchi.kernel.vault.testing import remember_keys

    room = tmp_path_factory.mktemp("var")
    settings.KEY_DIR = room / "keys"
    settings.FILE_DIR = room / "files"
    settings.STATIC_ROOT = room / "static"  # nothing collected: pages name the files as they lie in the source
    settings.EMAIL_FILE_PATH = room / "mail"
    ensure_key_file(settings.KEY_DIR / "vault.json")
    remember_keys()
    settings.OIDC_RESIDENT["client_key"] = settings.KEY_DIR / "oidc-client.pem"
    ensure_client_key(settings.OIDC_RESIDENT["client_key"])
    settings.VAR.mkdir(parents=True, exist_ok=True)
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # a slow one costs minutes here


@pytest.fixture
def example_city(db, settings):  # noqa: ARG001
    """The applied pack of the fictional city."""
    from madoguchi.kernel.citydata.testing import apply_pack

    settings.CITY_PACK = EXAMPLE
    apply_pack(EXAMPLE)


@pytest.fixture(scope="module")
def standing_city(django_db_setup, django_db_blocker):  # noqa: ARG001
    """The same for all tests of a module: what a test writes is taken back after it, the city after the last."""
    from django.db import transaction
    from django.test import override_settings

    from madoguchi.kernel.citydata.testing import apply_pack

    with django_db_blocker.unblock(), override_settings(CITY_PACK=EXAMPLE), transaction.atomic():
        apply_pack(EXAMPLE)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def resident(example_city):  # noqa: ARG001
    """市民: a fictional resident with an e-mail address."""
    from madoguchi.kernel.accounts.testing import make_resident

    return make_resident()


@pytest.fixture
def other_resident(example_city):  # noqa: ARG001
    """他人: another resident."""
    from madoguchi.kernel.accounts.testing import make_resident

    return make_resident(key="other", name="試験 太郎")


@pytest.fixture
def staff_clerk(example_city):  # noqa: ARG001
    """職員: a clerk of the citizens section."""
    from madoguchi.kernel.accounts.testing import make_staff

    return make_staff("citizens", "clerk")


@pytest.fixture
def other_clerk(example_city):  # noqa: ARG001
    """他課の職員: a clerk of another section."""
    from madoguchi.kernel.accounts.testing import make_staff

    return make_staff("childcare", "clerk")


@pytest.fixture(autouse=True, scope="session")
def _emptying_may_delete_the_trail():
    """Transactional tests end with an emptied database; only there the append-only trail gives way."""
    from django.test import TransactionTestCase

    from madoguchi.kernel.audit.testing import emptied_for_a_test

    original = TransactionTestCase._fixture_teardown

    def teardown(case):
        with emptied_for_a_test():
            original(case)

    TransactionTestCase._fixture_teardown = teardown
    yield
    TransactionTestCase._fixture_teardown = original
