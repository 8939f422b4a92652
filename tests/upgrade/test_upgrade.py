"""An installed city with data of an earlier release is upgraded: every row is there and can be read.

Each folder here is a backup that its release wrote, with its keys beside it; the people in it are fictional.
"""

import os
from pathlib import Path

import pytest

from tests.conftest import own_database
from tests.journeys.test_backup import run

RELEASES = sorted(path for path in Path(__file__).parent.iterdir() if path.is_dir() and path.name[0].isdigit())
VENDOR = "postgresql" if os.environ.get("DATABASE_URL", "").startswith("postgres") else "sqlite"

LOOK = """
from madoguchi.kernel.files.public import content_of
from madoguchi.services.procedures.models import Case
for case in Case.objects.order_by("pk"):
    print(case.state, case.applicant.name, case.answers.get("copies"), case.procedure.name.ja)
    for correction in case.corrections.all():
        print("correction", correction.message)
    if hasattr(case, "decision"):
        print("decision", case.decision.reason, bool(case.decision.appeal))
    for attachment in case.attachments.all():
        print("file", attachment.file.name, content_of(attachment.file).decode())
"""
ROWS_0_1_0 = """\
refused 窓口 花子 2 住民票の写しの交付請求
decision 住民基本台帳法第12条第6項に当たるため。 True
correcting 試験 太郎 2 住民票の写しの交付請求
correction 通数を確かめてください。
file 見本.pdf %PDF-1.4 upgrade
draft 窓口 花子 None 住民票の写しの交付請求
"""


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_every_row_of_an_earlier_release_survives_the_upgrade(release, tmp_path):
    with own_database(f"madoguchi_upgraded_{os.getpid()}") as database_url:
        environment = {**os.environ, "VAR": str(tmp_path), "CITY": "example", "DATABASE_URL": database_url}
        done = run(environment, "restore", str(release / VENDOR), "--keys", str(release / f"{VENDOR}-keys"))
        assert done.returncode == 0, done.stderr
        assert "the chain holds; every file opens" in done.stdout
        seen = run(environment, "shell", "--no-imports", "-c", LOOK)
        assert seen.stdout == ROWS_0_1_0, seen.stderr
        applied = run(environment, "city", "apply")  # the new pack over the old one
        assert applied.returncode == 0, applied.stderr
        assert run(environment, "shell", "--no-imports", "-c", LOOK).stdout == ROWS_0_1_0
        assert run(environment, "migrate", "--check").returncode == 0
        assert "seal from now on" in run(environment, "vault", "rotate").stdout
        assert run(environment, "shell", "--no-imports", "-c", LOOK).stdout == ROWS_0_1_0
        assert run(environment, "vault", "reseal").returncode == 0
        assert "everything is sealed with the key that seals now" in run(environment, "vault", "status").stdout
        assert run(environment, "shell", "--no-imports", "-c", LOOK).stdout == ROWS_0_1_0
