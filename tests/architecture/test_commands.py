"""`madoguchi where` and `madoguchi new-service`, and what a new service owes at once."""

import re
import shutil
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.django_db
def test_where_names_view_rule_template_test_and_docs(capsys):
    call_command("where", "/procedures/resident-record-copy/")
    words = capsys.readouterr().out
    assert re.search(r"src/madoguchi/services/procedures/views\.py:\d+ procedure", words)
    for line in ("access     public", "docs       docs/services/procedures.md", "name       procedures:procedure"):
        assert line in words
    call_command("where", "/procedures/desk/")
    assert "staff procedures.case.view" in capsys.readouterr().out


def test_where_says_when_an_address_is_none_of_ours():
    with pytest.raises(CommandError, match="no address"):
        call_command("where", "/no/such/thing")


@pytest.fixture
def copy(root, tmp_path):
    """A checkout of its own, without what was installed."""
    target = tmp_path / "checkout"
    ignored = shutil.ignore_patterns(".venv", "node_modules", ".git", "var", ".*_cache", "__pycache__")
    shutil.copytree(root, target, ignore=ignored)
    (target / "node_modules").symlink_to(root / "node_modules")
    return target


def run(copy, *words: str) -> subprocess.CompletedProcess:
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": "src", "DEMONSTRATION": "1", "HOME": str(copy)}
    return subprocess.run(
        [sys.executable, *words], cwd=copy, env=environment, capture_output=True, text=True, timeout=300
    )


def test_a_new_service_runs_and_passes_at_once(copy, capsys):
    call_command("new_service", "energy", "--root", str(copy))
    assert '    "energy",\n]' in (copy / "src/madoguchi/project/services.py").read_text()
    assert "    plan | energy\n" in (copy / ".importlinter").read_text()
    done = run(
        copy, "-m", "pytest", "-q", "src/madoguchi/services/energy", "tests/architecture/test_house.py",
        "tests/architecture/test_routes.py",
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    contracts = run(copy, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert contracts.returncode == 0, contracts.stdout[-2000:]


def test_a_new_service_needs_a_plain_and_free_slug(root):
    for slug in ("Energy", "energy-saving", "plan", "1st"):
        with pytest.raises(CommandError):
            call_command("new_service", slug, "--root", str(root))


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("services/procedures/rules.py", "from madoguchi.services.plan import rules  # noqa"),
        ("services/plan/views.py", "from madoguchi.services.procedures import queries  # noqa"),
        ("kernel/vault/crypto.py", "from madoguchi.kernel.accounts import models  # noqa"),
        ("services/procedures/rules.py", "from madoguchi.services.procedures import actions  # noqa"),
        ("lib/kana.py", "from madoguchi.ui import words  # noqa"),
        ("portal/directory.py", "from madoguchi.kernel.audit import models  # noqa"),
    ],
)
def test_the_walls_hold_against_a_wrong_import(copy, file, line):
    path = copy / "src/madoguchi" / file
    path.write_text(path.read_text().replace('"""\n', f'"""\n\n{line}\n', 1))
    contracts = run(copy, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()")
    assert contracts.returncode != 0
    assert "BROKEN" in contracts.stdout
