"""Writes the table of docs/explain/security.md from docs/explain/asvs.yaml; `docs_check.py` compares."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "docs" / "explain" / "asvs.yaml"
PAGE = ROOT / "docs" / "explain" / "security.md"
MARK = "<!-- written from asvs.yaml by scripts/asvs_page.py; everything below is overwritten -->\n"
ROOMS = ("", "src/madoguchi/", "src/madoguchi/kernel/", "src/madoguchi/services/")
STATES = {"held": "held", "not-applicable": "not applicable", "not-yet": "**not yet**"}
TABLE = "| id | level | what | state | where, and what to know |\n|---|---|---|---|---|\n"
CHAPTERS = {
    1: "Encoding and sanitization",
    2: "Validation and business logic",
    3: "Web frontend",
    4: "API and web service",
    5: "Files",
    6: "Authentication",
    7: "Sessions",
    8: "Authorization",
    9: "Self-contained tokens",
    10: "OAuth and OIDC",
    11: "Cryptography",
    12: "Secure communication",
    13: "Configuration",
    14: "Data protection",
    15: "Secure coding and architecture",
    16: "Logging and errors",
    17: "WebRTC",
}


def requirements() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return found


def file_of(where: str) -> Path | None:
    """The file a `where` names, looked for in the rooms of the house."""
    name = re.split(r"::?", where, maxsplit=1)[0]
    return next((ROOT / room / name for room in ROOMS if (ROOT / room / name).is_file()), None)


def is_there(where: str) -> bool:
    """Whether the test, the heading or the text that a `where` names stands in its file."""
    path = file_of(where)
    if path is None:
        return False
    text = path.read_text(encoding="utf-8")
    if "::" in where:
        return re.search(rf"^def {re.escape(where.split('::')[1])}\(", text, re.MULTILINE) is not None
    sought = where.split(":", 1)[1]
    if path.suffix == ".md":  # a heading, for this very page repeats every text
        return re.search(rf"^#+ {re.escape(sought)}$", text, re.MULTILINE) is not None
    return sought in text


def _where(where: str) -> str:
    path = file_of(where)
    shown = where.replace("::", " · ") if "::" in where else where.replace(":", " · ", 1)
    return f"[{shown.replace('|', chr(92) + '|')}](../../{path.relative_to(ROOT).as_posix()})" if path else where


def _row(item: dict[str, Any]) -> str:
    says = [_where(where) for where in item.get("where", [])] + ([item["note"]] if "note" in item else [])
    return f"| {item['id']} | {item['level']} | {item['name']} | {STATES[item['state']]} | {'<br>'.join(says)} |\n"


def page() -> str:
    head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
    found = requirements()
    parts = [head, MARK, "\n| level | requirements | held | not applicable | not yet |\n|---|---|---|---|---|\n"]
    for level in (1, 2):
        count = Counter(item["state"] for item in found if item["level"] == level)
        parts.append(f"| {level} | {count.total()} | {' | '.join(str(count[state]) for state in STATES)} |\n")
    for number, title in CHAPTERS.items():
        parts.append(f"\n### V{number} {title}\n\n{TABLE}")
        parts += [_row(item) for item in found if item["id"].startswith(f"V{number}.")]
    return "".join(parts)


def problems() -> list[str]:
    old = PAGE.read_text(encoding="utf-8") != page()
    return ["docs/explain/security.md: run `python scripts/asvs_page.py`"] if old else []


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
