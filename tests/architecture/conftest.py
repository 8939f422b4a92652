from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


@pytest.fixture(scope="session")
def source_files() -> list[Path]:
    found = sorted((ROOT / "src").rglob("*.py"))
    assert len(found) > 50
    return found
