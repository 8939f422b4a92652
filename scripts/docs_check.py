"""Do the links between documentation pages lead somewhere, and is every command, target and setting documented?"""

import re
import sys
from pathlib import Path

import asvs_page
import settings_page

ROOT = Path(__file__).resolve().parents[1]
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)[^)]*\)")


def broken_links() -> list[str]:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "cities").rglob("*.md")]
    return [
        f"{page.relative_to(ROOT)}: {target}"
        for page in pages
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not target.startswith("mailto:") and not (page.parent / target).exists()
    ]


def undocumented() -> list[str]:
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    commands = {
        path.stem.replace("_", "-")
        for path in (ROOT / "src").rglob("management/commands/*.py")
        if path.stem != "__init__"
    }
    targets = set(re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    names = [f"madoguchi {name}" for name in sorted(commands)] + [f"make {name}" for name in sorted(targets)]
    return [f"docs/reference/commands.md does not tell of `{name}`" for name in names if f"`{name}" not in reference]


problems = broken_links() + undocumented() + settings_page.problems() + asvs_page.problems()
print("\n".join(problems))
sys.exit(bool(problems))
