"""Backup of a running installation, restore on another, the drill; and everything that can be wrong with a backup."""

import json
import os
import shutil
import subprocess
import sys
import tarfile

import pytest

from tests.conftest import own_database

FILL = """
from madoguchi.kernel.accounts.testing import make_resident
from madoguchi.kernel.files.testing import blank_pdf, scanned, stored
from madoguchi.services.procedures.models import Attachment
from madoguchi.services.procedures.testing import make_submitted
person = make_resident("backup-%s")
case = make_submitted(person)
file = scanned(stored(person, blank_pdf(b"backup")))
Attachment.objects.create(case=case, question_key="proof", file=file)
print(case.uid)
"""
LOOK = """
from madoguchi.kernel.files.actions import content_of
from madoguchi.services.procedures.models import Case
case = Case.objects.get(uid="%s")
print(case.applicant.name, case.answers["purpose"], b"backup" in content_of(case.attachments.get().file))
"""


def run(environment, *words: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "madoguchi.project", *words],
        env={**environment, "DEMONSTRATION": "1"},
        capture_output=True,
        text=True,
        timeout=180,
    )


@pytest.fixture(scope="module")
def backed_up(installation, tmp_path_factory):
    """A backup taken while web and worker run, its keys in another place, and a case that is in it."""
    uid = run(installation.environment, "shell", "--no-imports", "-c", FILL % os.getpid()).stdout.strip()
    room, keys = tmp_path_factory.mktemp("backups"), tmp_path_factory.mktemp("key-backups")
    installation.command("backup", str(room), "--keys", str(keys))
    (folder,) = room.glob("madoguchi-*")
    return installation, folder, keys / folder.name, uid


@pytest.fixture
def elsewhere(installation, tmp_path):
    """The environment of another, empty machine."""
    with own_database(f"madoguchi_restored_{os.getpid()}") as database_url:
        yield {**installation.environment, "VAR": str(tmp_path / "var"), "DATABASE_URL": database_url}


def test_a_backup_restores_on_another_machine_and_proves_itself(backed_up, elsewhere):
    _installation, folder, keys, uid = backed_up
    done = run(elsewhere, "restore", str(folder), "--keys", str(keys))
    assert done.returncode == 0, done.stderr
    assert "the chain holds; every file opens" in done.stdout
    seen = run(elsewhere, "shell", "--no-imports", "-c", LOOK % uid)
    assert seen.stdout.strip() == "窓口 花子 work True", seen.stderr
    again = run(elsewhere, "restore", str(folder), "--keys", str(keys))
    assert again.returncode == 1
    assert "Something is here already" in again.stderr


def test_a_backup_holds_no_key_and_no_name(backed_up):
    _installation, folder, keys, _uid = backed_up
    content = b"".join(path.read_bytes() for path in folder.iterdir())
    for path in keys.iterdir():
        assert path.read_bytes() not in content
    assert "窓口 花子".encode() not in content
    assert "架空県例示市見本町一丁目2番3号".encode() not in content


def test_a_drill_proves_the_backup_and_is_noted(backed_up):
    installation, folder, _keys, _uid = backed_up
    assert "the chain holds; every file opens" in installation.command("drill", str(folder))
    noted = installation.command(
        "shell", "--no-imports", "-c",
        "from madoguchi.kernel.backup.models import Run; print(*Run.objects.values_list('kind', 'problem'))",
    )  # fmt: skip
    assert "('drill', '')" in noted
    assert "('backup', '')" in noted


def flip_a_byte(folder):
    path = next(path for path in folder.iterdir() if path.name.startswith("database"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def lose_the_files(folder):
    (folder / "files.tar").unlink()


def no_manifest(folder):
    (folder / "manifest.json").write_text("{")


def another_format(folder):
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (flip_a_byte, "is not as it was written"),
        (lose_the_files, "files.tar is missing"),
        (no_manifest, "no readable backup"),
        (another_format, "written in format 99"),
    ],
)
def test_a_damaged_backup_is_refused_before_anything_is_touched(backed_up, elsewhere, tmp_path, damage, words):
    _installation, folder, keys, _uid = backed_up
    copy = tmp_path / folder.name
    shutil.copytree(folder, copy)
    damage(copy)
    done = run(elsewhere, "restore", str(copy), "--keys", str(keys))
    assert done.returncode == 1
    assert words in done.stderr
    assert not (tmp_path / "var" / "files").exists()


def test_the_keys_of_another_city_are_refused(backed_up, elsewhere, tmp_path):
    _installation, folder, keys, _uid = backed_up
    others = tmp_path / "others"
    shutil.copytree(keys, others)
    (others / "vault.json").write_text("{}")
    done = run(elsewhere, "restore", str(folder), "--keys", str(others))
    assert done.returncode == 1
    assert "not those of this backup" in done.stderr


def test_keys_are_never_put_beside_the_data(installation, tmp_path):
    done = run(installation.environment, "backup", str(tmp_path), "--keys", str(tmp_path / "keys"))
    assert done.returncode == 1
    assert "protect nothing" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_what_an_interrupted_run_left_is_no_backup_and_goes(installation, tmp_path):
    left = tmp_path / ".partial-madoguchi-20200101T000000Z"
    left.mkdir()
    (left / "database.sqlite3").write_text("half")
    installation.command("backup", str(tmp_path))
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".partial")] == []


def test_only_the_newest_are_kept(installation, tmp_path):
    for year in (2021, 2022, 2023):
        old = tmp_path / f"madoguchi-{year}0101T000000Z"
        old.mkdir()
        (old / "manifest.json").write_text("{}")
    installation.command("backup", str(tmp_path), "--keep", "2")
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert len(kept) == 2
    assert kept[0] == "madoguchi-20230101T000000Z"


def test_a_tar_that_leads_out_of_its_folder_is_refused(tmp_path):
    from madoguchi.kernel.backup.archive import unpack
    from madoguchi.kernel.backup.errors import BackupStopped

    (tmp_path / "evil").write_text("x")
    with tarfile.open(tmp_path / "files.tar", "w") as tar:
        tar.add(tmp_path / "evil", arcname="../../outside")
    put = []
    with pytest.raises(BackupStopped, match="no stored file"):
        unpack(tmp_path / "files.tar", lambda *content: put.append(content))
    assert put == []


def test_a_full_disk_says_so_and_leaves_no_backup(installation, tmp_path):
    """The process may write at most 20 kB into one file, as on a disk that fills up."""
    limit = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)); import signal; "
    limit += "signal.signal(signal.SIGXFSZ, signal.SIG_IGN); from madoguchi.project.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", limit, "backup", str(tmp_path)],
        env={**installation.environment, "DEMONSTRATION": "1"}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Nothing" in done.stderr or "stopped" in done.stderr
    assert list(tmp_path.glob("madoguchi-*")) == []
