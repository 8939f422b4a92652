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
from django.apps import apps
from madoguchi.kernel.citydata.public import record, records
from madoguchi.kernel.evidence.models import Tally
from madoguchi.kernel.files.actions import content_of
from madoguchi.services.procedures.models import Case
from madoguchi.services.surveys import exports
from madoguchi.services.surveys.models import Survey
for case in Case.objects.order_by("pk"):
    print(case.state, case.applicant.name, case.answers.get("copies"), case.procedure.name.ja)
    for correction in case.corrections.all():
        print("correction", correction.message)
    if hasattr(case, "decision"):
        print("decision", case.decision.reason, bool(case.decision.appeal))
    for attachment in case.attachments.all():
        print("file", attachment.file.name, b"upgrade" in content_of(attachment.file))
for survey in Survey.objects.order_by("key"):
    print("survey", survey.key, survey.state, survey.answers, survey.codes.count())
    if survey.answers:
        print(sorted(exports.answers_csv(survey).splitlines())[:2])
for plan in apps.get_model("accounts", "Reorganisation").objects.all():
    print("reorganisation", plan.title, plan.effective_on, plan.planned_by.username)
for factor in apps.get_model("accounts", "Factor").objects.all():
    print("factor", factor.kind, factor.person.username, len(factor.secret))
for period in apps.get_model("plan", "Period").objects.all():
    print("period", period.half, period.reports.count())
for mandate in apps.get_model("mandates", "Mandate").objects.order_by("pk"):
    print("mandate", mandate.state, mandate.principal_name, mandate.agent.name)
for access in apps.get_model("emergencies", "EmergencyAccess").objects.all():
    print("emergency", access.person.username, access.section_key, access.reason)
for line in apps.get_model("plan", "CostLine").objects.all():
    print("cost", line.measure_key, line.fiscal_year, line.kind, line.thousand_yen)
for assessment in apps.get_model("plan", "SelfAssessment").objects.all():
    print("skills", assessment.person.username, assessment.column_key)
for draft in apps.get_model("plan", "Draft").objects.all():
    bodies = draft.measures.order_by("number").values_list("body", flat=True)
    print("draft of a plan", draft.body["name"]["ja"], [(body["number"], body["ancestors"]) for body in bodies])
for missed in apps.get_model("search", "Missed").objects.all():
    print("missed", missed.text, missed.visitors)
for synonym in records("synonym"):
    if "住民ひょう" in synonym.words:
        print("synonym", *synonym.words)
print("phone", record("city", "city").phone)
for event in ("procedures.case.submitted", "procedures.case.decided"):
    print(event, sum(Tally.objects.filter(event=event).values_list("count", flat=True)))
"""


@pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)
def test_every_row_of_an_earlier_release_survives_the_upgrade(release, tmp_path):
    """Also what its staff edited: applying today's pack over the old one does not take it back."""
    rows = (release / "rows.txt").read_text(encoding="utf-8")
    with own_database(f"madoguchi_upgraded_{os.getpid()}") as database_url:
        environment = {**os.environ, "VAR": str(tmp_path), "CITY": "example", "DATABASE_URL": database_url}
        done = run(environment, "restore", str(release / VENDOR), "--keys", str(release / f"{VENDOR}-keys"))
        assert done.returncode == 0, done.stderr
        assert "the chain holds; every file opens" in done.stdout
        seen = run(environment, "shell", "--no-imports", "-c", LOOK)
        assert seen.stdout == rows, seen.stderr
        applied = run(environment, "city", "apply")  # the new pack over the old one
        assert applied.returncode == 0, applied.stderr
        assert run(environment, "shell", "--no-imports", "-c", LOOK).stdout == rows
        assert run(environment, "migrate", "--check").returncode == 0
        assert "seal from now on" in run(environment, "vault", "rotate").stdout
        assert run(environment, "shell", "--no-imports", "-c", LOOK).stdout == rows
        assert run(environment, "vault", "reseal").returncode == 0
        assert "everything is sealed with the key that seals now" in run(environment, "vault", "status").stdout
        assert run(environment, "shell", "--no-imports", "-c", LOOK).stdout == rows
