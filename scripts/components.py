"""Write the parts of the face into their documentation page, from the example files the gallery shows."""

import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "components.md"
BEGIN = "<!-- From here on written by scripts/components.py from src/madoguchi/ui/examples. -->\n"


def main() -> int:
    django.setup()
    from madoguchi.ui import gallery

    head = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
    PAGE.write_text(f"{head}{BEGIN}\n{gallery.as_markdown()}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    import os

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "madoguchi.project.settings")
    os.environ.setdefault("DEMONSTRATION", "1")
    sys.exit(main())
