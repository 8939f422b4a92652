"""Pages that want something to have happened first: who may see each, and where it stands.

One function a page; what has to happen first happens through the services' own actions.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache

from django.test import Client
from django.urls import resolve, reverse

from madoguchi.kernel.accounts.actions.sections import Change, plan_reorganisation
from madoguchi.kernel.accounts.models import Factor, SectionChange
from madoguchi.kernel.accounts.public import Person
from madoguchi.kernel.accounts.testing import PASSWORD, make_resident, make_staff, signed_in
from madoguchi.kernel.mandates import actions as mandates
from madoguchi.kernel.mandates.testing import acting_for, make_mandate
from madoguchi.kernel.retention import testing as retention
from madoguchi.kernel.speech.pages import REGISTERS
from madoguchi.kernel.speech.testing import make_sound
from madoguchi.lib import clock, totp
from madoguchi.services.plan.actions import council, drafts, intake
from madoguchi.services.plan.models import Period
from madoguchi.services.plan.queries import reports as queries
from madoguchi.services.procedures.models import Case
from madoguchi.services.procedures.testing import make_numbered_claim
from madoguchi.services.surveys import actions as surveys
from madoguchi.services.surveys import testing
from madoguchi.services.surveys.models import Survey

ANSWERS = [
    {"age": "a18" if n % 3 else "a40", "sex": "f" if n % 2 else "m", "media": ["web"], "used": "yes" if n % 2 else "no"}
    | ({"opinion": f"意見{n}", "wants": {"safety": "w4"}} if n % 4 == 0 else {})
    for n in range(30)
]
Stage = tuple[Client, str]


def stages() -> Iterator[tuple[str, Stage]]:
    """Route, and the client that sees it at an address."""
    cast = Cast()
    for stage in PAGES:
        client, address = stage(cast)
        yield resolve(address.partition("?")[0]).route, (client, address)


def answers(owner: Person) -> Iterator[tuple[Client, str, dict[str, object] | None]]:
    """Pages that answer what was sent, or that look different to an agent: client, address, what is sent."""
    scope = "procedures.resident-record-copy"
    agent = make_resident("agent", "代理 二郎")
    _mandate, code = mandates.offer(owner, scope=[scope], valid_until=clock.today() + timedelta(30), now=clock.now())
    yield signed_in(owner), reverse("mandates:give"), {"scope": [scope], "days": "30", "sure": "on"}
    yield signed_in(owner), reverse("mandates:give"), {}
    yield signed_in(agent), reverse("mandates:take"), {"code": code}
    yield signed_in(agent), reverse("mandates:take"), {"code": "0000"}
    yield acting_for(make_mandate(owner, agent, scope)), reverse("portal:my_page"), None


class Cast:
    """The people and things that several pages share, made when first asked for."""

    def __init__(self) -> None:
        self.someone = cache(make_staff)
        self.period = Period.objects.latest("half")

    def client(self, section: str, role: str) -> Client:
        return signed_in(self.someone(section, role))

    @property
    def lead(self) -> Person:
        return self.someone(queries.measure("01").leads[0], "clerk")

    @property
    def surveyor(self) -> Person:
        return self.someone("planning", "surveyor")

    def running(self, key: str) -> Survey:
        """A survey that is in the field today."""
        survey = testing.make_running(self.surveyor, key=key)
        today = clock.today()
        Survey.objects.filter(pk=survey.pk).update(opens_on=today - timedelta(1), closes_on=today + timedelta(1))
        return survey


def person(cast: Cast) -> Stage:
    found = cast.someone("citizens", "clerk")
    return cast.client("planning", "administrator"), reverse("accounts:person", args=[found.uid])


def reorganisation(cast: Cast) -> Stage:
    actor, today = cast.someone("planning", "administrator"), clock.today()
    plan = plan_reorganisation(
        "組織改正（架空）", effective_on=today + timedelta(30), actor=actor, now=clock.now(), today=today,
        changes=[Change(SectionChange.Kind.RENAME, "childcare", new_value="こども課")],
    )  # fmt: skip
    return signed_in(actor), reverse("accounts:reorganisation", args=[plan.pk])


def personal_number(cast: Cast) -> Stage:
    claim = make_numbered_claim(make_resident("claimant"), "621498320257")
    return cast.client("childcare", "number_handler"), reverse("procedures:number", args=[claim.uid])


def records_plan(cast: Cast) -> Stage:
    return cast.client("planning", "records"), reverse("retention:plan")


def disposal(cast: Cast) -> Stage:
    claim = make_numbered_claim(make_resident("long-ago"), "")
    Case.objects.filter(pk=claim.pk).update(state="withdrawn", closed_at=clock.now() - timedelta(days=365 * 12))
    return cast.client("planning", "records"), reverse("retention:confirm", args=["procedures.case"])


def hold(cast: Cast) -> Stage:
    return cast.client("planning", "records"), reverse("retention:hold")


def lifted_hold(cast: Cast) -> Stage:
    actor, held = cast.someone("planning", "records"), make_resident("held")
    found = retention.hold(f"accounts.person:{held.pk}", reason="開示請求（架空）", actor=actor, now=clock.now())
    return signed_in(actor), reverse("retention:lift", args=[found.pk])


def _after_the_password(person: Person) -> Client:
    client = Client()
    client.post(reverse("accounts:staff_sign_in"), {"username": person.username, "password": PASSWORD})
    return client


def enrol(_cast: Cast) -> Stage:
    return _after_the_password(make_staff("childcare", "viewer")), reverse("accounts:enrol")


def second(_cast: Cast) -> Stage:
    found = make_staff("welfare", "viewer")
    Factor.objects.create(
        person=found, kind=Factor.Kind.TOTP, name="認証アプリ", secret=totp.new_secret(),
        created_at=clock.now(), confirmed_at=clock.now(),
    )  # fmt: skip
    return _after_the_password(found), reverse("accounts:second_factor")


def _begun(cast: Cast) -> Person:
    actor = cast.someone("planning", "planner")
    drafts.begin(name="次の情報化計画（架空）", actor=actor, now=clock.now())
    return actor


def one_plan(_cast: Cast) -> Stage:
    return Client(), reverse("plan:plan", args=["plan"])


def draft(cast: Cast) -> Stage:
    return signed_in(_begun(cast)), reverse("plan:draft", args=["2023"])


def draft_measure(cast: Cast) -> Stage:
    return signed_in(_begun(cast)), reverse("plan:draft_measure", args=["2023", 1])


def draft_differences(cast: Cast) -> Stage:
    actor = _begun(cast)
    drafts.merge("2023", [1, 2], actor=actor)
    return signed_in(actor), reverse("plan:draft_differences", args=["2023"])


def draft_outline(cast: Cast) -> Stage:
    return signed_in(_begun(cast)), reverse("plan:draft_outline", args=["2023"])


def draft_add(cast: Cast) -> Stage:
    return signed_in(_begun(cast)), reverse("plan:draft_add", args=["2023"])


def meeting(cast: Cast) -> Stage:
    actor = cast.someone("planning", "secretary")
    found = council.call(
        title="第1回ICT戦略会議（架空）", held_on=date(2020, 11, 10), period=cast.period, actor=actor, now=clock.now()
    )
    return signed_in(actor), reverse("plan:meeting", args=[found.pk])


def decision(cast: Cast) -> Stage:
    actor = cast.someone("planning", "secretary")
    found = council.call(
        title="第2回ICT戦略会議（架空）", held_on=date(2020, 12, 10), period=None, actor=actor, now=clock.now()
    )
    said = council.decide(
        found.pk, queries.measure("01"), text="研修の回数を増やす。", due_on=None, actor=actor, now=clock.now()
    )
    return signed_in(cast.lead), reverse("plan:follow_up", args=[said.pk])


def reading(cast: Cast) -> Stage:
    return signed_in(cast.lead), reverse("plan:reading", args=["trained-staff"])


def workbook(cast: Cast) -> Stage:
    section = queries.measure("01").leads[0]
    kept = intake.keep(cast.period, section, {}, actor=cast.lead, now=clock.now())
    return signed_in(cast.lead), reverse("plan:workbook_preview", args=[cast.period.half, section, kept.pk])


def differing_sheet(cast: Cast) -> Stage:
    survey, other = cast.running("differing"), cast.someone("planning", "survey_keyer")
    surveys.receive_paper(survey.pk, testing.code(survey, 3), actor=other, today=clock.today())
    surveys.key_sheet(survey.pk, 1, {"age": "a18"}, actor=other)
    surveys.key_sheet(survey.pk, 1, {"age": "a40"}, actor=cast.surveyor)
    return signed_in(cast.surveyor), reverse("surveys:resolve", args=[survey.key, 1])


def _with_results(cast: Cast) -> Survey:
    found = Survey.objects.filter(key="answered").first()
    return found or testing.make_opened(cast.surveyor, ANSWERS, key="answered")


def tables(cast: Cast) -> Stage:
    return signed_in(cast.surveyor), reverse("surveys:tables", args=[_with_results(cast).key])


def cross(cast: Cast) -> Stage:
    address = reverse("surveys:cross", args=[_with_results(cast).key])
    return signed_in(cast.surveyor), f"{address}?row=age&column=used"


def remarks(cast: Cast) -> Stage:
    return signed_in(cast.surveyor), reverse("surveys:remarks", args=[_with_results(cast).key, "opinion"])


def results(cast: Cast) -> Stage:
    survey = _with_results(cast)
    surveys.publish(survey.pk, actor=cast.surveyor, now=clock.now())
    return Client(), reverse("surveys:results", args=[survey.key])


def _with_a_letter(cast: Cast, key: str) -> tuple[Client, Survey]:
    client, survey = Client(), cast.running(key)
    client.post(reverse("surveys:enter"), {"code": testing.code(survey, 1)})
    return client, survey


def answer(cast: Cast) -> Stage:
    client, survey = _with_a_letter(cast, "answering")
    return client, reverse("surveys:answer", args=[survey.key, survey.questionnaire.pages[0].key])


def check(cast: Cast) -> Stage:
    client, survey = _with_a_letter(cast, "checking")
    return client, reverse("surveys:check", args=[survey.key])


def done(cast: Cast) -> Stage:
    return Client(), reverse("surveys:done", args=[cast.running("done").key])


def listen(_cast: Cast) -> Stage:
    """Beside it a page whose sound waits; the scene has one that failed, and STATES one nobody asked for."""
    for register in REGISTERS:
        make_sound("/about/data/", register, "ready")
        make_sound("/about/accessibility/", register, "waiting")
    return Client(), reverse("speech:listen") + "?page=/about/data/"


PAGES: list[Callable[[Cast], Stage]] = [
    person,
    personal_number,
    lifted_hold,
    disposal,
    records_plan,
    hold,
    reorganisation,
    enrol,
    second,
    one_plan,
    draft,
    draft_measure,
    draft_differences,
    draft_outline,
    draft_add,
    meeting,
    decision,
    reading,
    workbook,
    differing_sheet,
    tables,
    cross,
    remarks,
    results,
    answer,
    check,
    done,
    listen,
]
