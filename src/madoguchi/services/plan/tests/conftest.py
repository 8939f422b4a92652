"""The plan of the reference city, whose figures are published."""

from pathlib import Path

import pytest

from madoguchi.kernel.citydata.testing import apply_pack, load_pack

CITIES = Path(__file__).resolve().parents[5] / "cities"


@pytest.fixture(scope="session")
def reference_directory() -> Path:
    """The one real city that ships beside the fictional one."""
    (found,) = [path for path in CITIES.iterdir() if path.name != "example"]
    return found


@pytest.fixture(scope="session")
def published(reference_directory):
    """Records of the reference city's plan by kind, straight from its files."""
    pack = load_pack(reference_directory)
    assert not pack.problems

    def of(kind):
        return [loaded.body for loaded in pack.records if loaded.collection.kind == kind]

    return of


@pytest.fixture
def reference_city(db, settings, reference_directory):
    """The reference city, applied."""
    settings.CITY_PACK = reference_directory
    apply_pack(reference_directory)
