"""Writes docs/reference/settings.md from what the readers of settings.py say; `docs_check.py` compares."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "settings.md"
HEAD = """# Settings

An installation is set up by environment variables. A bad value stops the start, names the variable and says what to
write. What staff may change (fees, periods, texts) is no setting: it stands in the city pack. This page is written
from `src/madoguchi/project/settings.py` by `scripts/settings_page.py`.

| variable | value | default | meaning |
|---|---|---|---|
"""


def _read() -> list:
    """The settings as an installation with an empty environment reads them."""
    before = dict(os.environ)
    os.environ.clear()
    os.environ["DEMONSTRATION"] = "1"  # starts without keys
    try:
        from madoguchi.project import env, settings  # noqa: F401
    finally:
        os.environ.clear()
        os.environ.update(before)
    return sorted(env.READ.values(), key=lambda setting: setting.name)


def page() -> str:
    rows = [
        f"| `{item.name}` | {item.kind} | {item.default.replace(str(ROOT), '.') or 'none'} | {item.about} |\n"
        for item in _read()
    ]
    return HEAD + "".join(rows)


def problems() -> list[str]:
    unsaid = [f"settings.py: {item.name} has no `about`" for item in _read() if not item.about]
    current = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    old = ["docs/reference/settings.md: run `python scripts/settings_page.py`"] if current != page() else []
    return unsaid + old


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
