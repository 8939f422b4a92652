"""Recall over what residents type (queries.yaml), on the reference city; prints the figures."""

import sys
from pathlib import Path

import pytest
import yaml

from madoguchi.kernel.citydata.testing import apply_pack
from madoguchi.kernel.search.public import find

HERE = Path(__file__).parent
PACK = HERE.parents[1] / "cities" / "musashino"
FIRST = 10
LEAST = {"seen": 0.97, "kept_back": 0.90}


def keys_found(query: str) -> list[str]:
    found = find(query, person=None)
    return [hit.key for hit in (*found.hits, *found.near)][:FIRST]


def recall(queries: list[dict]) -> tuple[float, float, list[str]]:
    """The mean share of expected procedures among the first ten, how often one is first, the queries that lack one."""
    shares, firsts, lacking = [], 0, []
    for query in queries:
        wanted = set(query["find"])
        found = keys_found(query["q"])
        share = len(wanted & set(found)) / len(wanted)
        shares.append(share)
        firsts += found[:1] != [] and found[0] in wanted
        if share < 1:
            lacking.append(f"{query['q']}: {sorted(wanted - set(found))} not in {found[:5]}")
    return sum(shares) / len(shares), firsts / len(shares), lacking


@pytest.fixture
def reference_city(db, settings):
    settings.CITY_PACK = PACK
    apply_pack(PACK)


def test_recall_over_what_residents_type(reference_city, capsys):
    queries = yaml.safe_load((HERE / "queries.yaml").read_text(encoding="utf-8"))
    for part, least in LEAST.items():
        figure, first, lacking = recall(queries[part])
        with capsys.disabled():
            sys.stdout.write(
                f"\nrecall, {part}: {figure:.3f} over {len(queries[part])} queries; first in place {first:.2f}\n"
            )
            sys.stdout.writelines(f"  {line}\n" for line in lacking if part == "seen")
        assert figure >= least, part
