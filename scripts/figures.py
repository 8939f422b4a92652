"""The figures we watch: lines a file, two-way package pairs, imports hidden in functions."""

import ast
import statistics
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[1] / "src" / "madoguchi"


def package_of(dotted: str) -> str:
    """The room, and inside kernel and services the app."""
    parts = dotted.split(".")[1:]
    depth = 2 if parts and parts[0] in {"kernel", "services"} else 1
    return ".".join(parts[:depth])


def main() -> None:
    edges, hidden, sizes = set(), 0, []
    for path in SOURCE.rglob("*.py"):
        if "migrations" in path.parts or "tests" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        sizes.append(len(text.splitlines()))
        own = package_of("madoguchi." + ".".join(path.relative_to(SOURCE).with_suffix("").parts))
        tree = ast.parse(text)
        top = {id(node) for node in tree.body}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("madoguchi."):
                other = package_of(node.module)
                if other != own:
                    edges.add((own, other))
                    hidden += id(node) not in top
    two_way = sum((b, a) in edges for a, b in edges) // 2
    sizes.sort()
    print(
        f"figures       {len(sizes)} files, lines median {statistics.median(sizes):.0f} / "
        f"p90 {sizes[int(len(sizes) * 0.9)]} / max {sizes[-1]}; "
        f"two-way package pairs {two_way}; imports hidden in functions {hidden}"
    )


main()
