"""What a page costs on a slow phone: bytes of our style and script."""

import gzip
from pathlib import Path

from madoguchi import ui

STATIC = Path(ui.__file__).parent / "static/ui"
KB = 1000


def compressed(paths) -> int:
    return sum(len(gzip.compress(path.read_bytes(), 6)) for path in paths)


def test_a_residents_page_has_less_than_40_kb_of_style_and_all_of_it_is_far_less_compressed():
    sheets = sorted((STATIC / "css").glob("*.css"))
    assert len(sheets) > 5
    assert compressed(sheets) < 20 * KB
    elsewhere = {"staff.css", "kiosk.css", "paper.css"}
    assert sum(path.stat().st_size for path in sheets if path.name not in elsewhere) < 40 * KB


def test_all_script_together_stays_below_50_kb_compressed():
    assert compressed((STATIC / "js").glob("*.js")) < 50 * KB
