"""Addresses with objects in them: one example of every parameter that stands in a route."""

import re
from collections.abc import Callable

from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.accounts.testing import make_resident, make_staff
from madoguchi.kernel.desk.testing import offer_undo, save_view
from madoguchi.kernel.emergencies.testing import make_emergency
from madoguchi.kernel.files.testing import blank_pdf, scanned, stored
from madoguchi.kernel.jobs.testing import make_dead_letter
from madoguchi.kernel.mandates.public import Acting
from madoguchi.kernel.mandates.testing import make_claim, make_mandate
from madoguchi.kernel.notify.testing import make_notice, unsubscribe_token
from madoguchi.kernel.search.testing import make_missed
from madoguchi.kernel.speech.testing import make_sound
from madoguchi.lib import clock
from madoguchi.services.procedures.models import Attachment
from madoguchi.services.procedures.testing import COPY, make_submitted
from madoguchi.services.surveys.testing import make_survey

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
# Parameters that name something of one person or one section; the others name public things.
OWNED = {"case_uid", "file_uid", "mandate_uid", "notice_uid"}


def addresses(owner: Person) -> Callable[[str], str]:
    """Fills a route with examples that belong to `owner` and, where they have one, to the citizens' section.

    The case was begun by an agent under a mandate, so that principal and agent can be told from strangers.
    """
    mandate = make_mandate(owner, make_resident("proxy", "代理 一郎"), f"procedures.{COPY}")
    case = make_submitted(Acting(owner, mandate))
    surveyor = make_staff("citizens", "surveyor")
    examples = {
        ("accounts", "factor_id"): 1,
        ("accounts", "person_uid"): owner.uid,
        ("accounts", "plan_id"): 1,
        ("accounts", "post_id"): surveyor.posts.get().pk,
        ("accounts", "sign_in_id"): 1,
        ("procedures", "key"): COPY,
        ("procedures", "guide_key"): "moving-in",
        ("procedures", "case_uid"): case.uid,
        ("procedures", "file_uid"): _file_of(case, owner),
        ("procedures", "page_key"): "whose",
        ("mandates", "mandate_uid"): mandate.uid,
        ("mandates", "claim_uid"): make_claim(mandate.agent, f"procedures.{COPY}").uid,
        ("desk", "view_uid"): save_view(surveyor, "desk", name="遅れ", query="due=late", is_default=False).uid,
        ("desk", "what"): "first-steps",
        ("desk", "undo_uid"): offer_undo(surveyor, "search.word", [{"name": "ことば", "missed": 1}], now=clock.now()),
        ("emergencies", "access_uid"): make_emergency().uid,
        ("plan", "key"): "01",
        ("plan", "name"): "systems",
        ("plan", "draft_key"): "2023",
        ("plan", "number"): 1,
        ("plan", "half"): _half_of_the_plan(),
        ("plan", "aside_id"): 1,
        ("surveys", "key"): make_survey(surveyor, section_key="citizens").key,
        ("surveys", "code"): "ABCDEFGHJK",
        ("surveys", "page_key"): "you",
        ("surveys", "question_key"): "opinion",
        ("surveys", "register"): "ja",
        ("surveys", "number"): 1,
        ("surveys", "kind"): "csv",
        ("plan", "section"): "citizens",
        ("plan", "intake_id"): 1,
        ("plan", "act"): "start",
        ("plan", "indicator_key"): "trained-staff",
        ("plan", "meeting_id"): 1,
        ("plan", "decision_id"): 1,
        ("plan", "course_key"): "security-basics",
        ("about", "key"): "privacy",
        ("jobs", "job_id"): make_dead_letter().result_id,
        ("notices", "notice_uid"): make_notice(owner).uid,
        ("notices", "token"): unsubscribe_token(owner),
        ("furigana", "wanted"): "on",
        ("language", "code"): "en",
        ("staff", "key"): "resident_record_copy_fee_yen",
        ("staff", "since"): "2017-04-01",
        ("retention", "rule_key"): "procedures.case",
        ("retention", "hold_id"): 1,
        ("speech", "digest"): make_sound("/about/privacy/", state="failed").digest,
        ("search", "missed_id"): make_missed("タケコプター").pk,
        ("ui", "key"): "table",
        ("ui", "name"): "kiosk",
    }

    def fill(address: str) -> str:
        slug = address.split("/")[0]
        return "/" + PARAMETER.sub(lambda found: str(examples[slug, found[1]]), address)

    return fill


def _half_of_the_plan() -> str:
    from madoguchi.lib.halfyear import HalfYear
    from madoguchi.services.plan.testing import open_period

    return open_period(HalfYear(2020, 1)).half


def _file_of(case, owner: Person):
    file = scanned(stored(owner, blank_pdf(), name="見本.pdf"))
    Attachment.objects.create(case=case, question_key="proof", file=file)
    return file.uid
