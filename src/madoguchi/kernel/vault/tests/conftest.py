import pytest

from madoguchi.kernel.vault.testing import own_keys


@pytest.fixture
def keys(db, settings, tmp_path):
    """Keys of this test alone, so that they may be turned and lost; yields the key file."""
    with own_keys(settings, tmp_path / "keys") as file:
        yield file
