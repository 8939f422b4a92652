"""Making a survey: its questionnaire, its strata, the draw and the codes."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from madoguchi.kernel.accounts.public import Person, require
from madoguchi.kernel.audit.public import record
from madoguchi.kernel.vault.public import blind_index
from madoguchi.services.surveys import rules, sampling, tables
from madoguchi.services.surveys.errors import NotPossibleNow, TableRefused
from madoguchi.services.surveys.models import Code, Stratum, Survey, Version
from madoguchi.services.surveys.pack import Questionnaire

State = Survey.State
MANAGE = "surveys.survey.manage"
CODE_CONTEXT = "surveys.code"


def locked(survey_id: int, actor: Person, permission: str = MANAGE) -> Survey:
    """The survey, locked until the end of the transaction. Raises: NotAllowed."""
    survey = Survey.objects.select_for_update(of=("self",)).select_related("version").get(pk=survey_id)
    require(actor, permission, survey)
    return survey


def move(survey: Survey, act: str) -> None:
    """Raises: NotPossibleNow."""
    state = rules.next_state(act, survey.state)
    if state is None:
        raise NotPossibleNow(
            f"この調査はいま「{survey.get_state_display()}」のため、その操作はできません。",
            "調査の画面を開きなおして、いまの状態を確かめてください。",
        )
    survey.state = state


@dataclass(frozen=True)
class NewSurvey:
    """What a survey begins with."""

    key: str
    section_key: str
    opens_on: date
    closes_on: date
    questionnaire: Questionnaire
    previous: Survey | None = None


@transaction.atomic
def create(new: NewSurvey, *, actor: Person, now: datetime) -> Survey:
    """A survey in preparation, from a form of the pack or from an earlier survey."""
    survey = Survey(
        key=new.key,
        section_key=new.section_key,
        opens_on=new.opens_on,
        closes_on=new.closes_on,
        previous=new.previous,
        secret=secrets.token_hex(32),
    )
    require(actor, MANAGE, survey)
    survey.save()
    _add_version(survey, new.questionnaire, actor=actor, now=now)
    record("surveys.survey.created", actor=actor, target=survey)
    return survey


@transaction.atomic
def save_questionnaire(survey_id: int, content: Questionnaire, *, actor: Person, now: datetime) -> Version:
    """A new version of the questionnaire; frozen once answers exist. Raises: NotPossibleNow."""
    survey = locked(survey_id, actor)
    if survey.state not in {State.DRAFT, State.RUNNING} or has_answers(survey):
        raise NotPossibleNow(
            "回答が届いているため、調査票は変えられません。",
            "変えた調査票で聞くときは、この調査を写して新しい調査を作ってください。",
        )
    version = _add_version(survey, content, actor=actor, now=now)
    record("surveys.questionnaire.saved", actor=actor, target=survey, detail={"version": version.number})
    return version


def has_answers(survey: Survey) -> bool:
    """Whether anything was answered, on line or on paper, a draft on the way included."""
    return any(
        found.exists()
        for found in (survey.codes.exclude(use=""), survey.envelopes, survey.drafts, survey.sheets, survey.columns)
    )


def _add_version(survey: Survey, content: Questionnaire, *, actor: Person, now: datetime) -> Version:
    number = (survey.version.number if survey.version else 0) + 1
    body: dict[str, Any] = content.model_dump(mode="json", exclude_none=True)
    body["key"] = survey.key
    survey.version = Version.objects.create(survey=survey, number=number, content=body, saved_at=now, saved_by=actor)
    survey.save(update_fields=["version"])
    return survey.version


def _require_draft(survey: Survey) -> None:
    if survey.state != State.DRAFT or survey.seed:
        raise NotPossibleNow(
            "抽出が済んでいるため、標本の設計は変えられません。",
            "変えるときは、この調査を写して新しい調査を作ってください。",
        )


@transaction.atomic
def set_population(survey_id: int, text: str, *, source: str, on: date, actor: Person) -> list[Stratum]:
    """Take the population table, all of it or nothing. Raises: TableRefused, NotPossibleNow."""
    survey = locked(survey_id, actor)
    _require_draft(survey)
    rows = tables.population(text)
    survey.strata.all().delete()
    strata = Stratum.objects.bulk_create(
        [Stratum(survey=survey, number=number, **row) for number, row in enumerate(rows, 1)]
    )
    survey.population_source, survey.population_on = source, on
    survey.save(update_fields=["population_source", "population_on"])
    record("surveys.population.set", actor=actor, target=survey, detail={"strata": len(strata)})
    return strata


@transaction.atomic
def set_letters(survey_id: int, letters: int, *, actor: Person) -> list[Stratum]:
    """Spread `letters` over the strata so that the expected answers resemble the population."""
    survey = locked(survey_id, actor)
    _require_draft(survey)
    strata = list(survey.strata.all())
    layers = [sampling.Layer(stratum.population, stratum.expected_percent) for stratum in strata]
    for stratum, size in zip(strata, sampling.allocate(layers, letters), strict=True):
        stratum.letters = size
    Stratum.objects.bulk_update(strata, ["letters"])
    record("surveys.sample.sized", actor=actor, target=survey, detail={"letters": letters})
    return strata


@transaction.atomic
def draw(survey_id: int, frame_text: str, *, seed: str, actor: Person) -> str:
    """Draw the sample from an uploaded list and make the codes; the list to mail as CSV.

    The list is not kept: of the people drawn only the number of the letter and the stratum stay. The same list and
    seed give the same draw, so it may be asked for again. Raises: TableRefused, NotPossibleNow.
    """
    survey = locked(survey_id, actor)
    strata = list(survey.strata.all())
    frame = tables.Frame(frame_text, strata)
    if survey.seed and (survey.seed, survey.frame_digest) != (seed, frame.digest):
        raise NotPossibleNow(
            "この調査の抽出は済んでいます。", "同じ名簿とシードを使うと、同じ発送名簿をもう一度受け取れます。"
        )
    sizes = {stratum.number: stratum.letters for stratum in strata}
    if not sum(sizes.values()):
        raise NotPossibleNow("層ごとの配布数が決まっていません。", "先に配布数を決めてください。")
    try:
        drawn = sampling.select(frame.ids, sizes, seed)
    except ValueError as error:
        raise TableRefused(f"名簿の人数が足りない層があります（{error}）。") from error
    mailing = sampling.in_mailing_order(drawn, seed)
    if not survey.seed:
        survey.seed, survey.frame_digest = seed, frame.digest
        survey.save(update_fields=["seed", "frame_digest"])
        _make_codes(survey, mailing, {stratum.number: stratum for stratum in strata})
        record("surveys.sample.drawn", actor=actor, target=survey, detail={"letters": len(mailing), "seed": seed})
    record("surveys.mailing.exported", actor=actor, target=survey, detail={"letters": len(mailing)})
    return frame.mailing_csv([key for _, key in mailing])


def _make_codes(survey: Survey, mailing: list[tuple[int, str]], strata: dict[int, Stratum]) -> None:
    Code.objects.bulk_create(
        [
            Code(survey=survey, stratum=strata[number], serial=serial, index=_index(survey, serial, 1))
            for serial, (number, _key) in enumerate(mailing, 1)
        ],
        batch_size=2000,
    )


def _index(survey: Survey, serial: int, issue: int) -> str:
    return index_of(sampling.code_of(survey.secret, serial, issue))


def index_of(code: str) -> str:
    """How a code is found again without being stored."""
    return blind_index(code, context=CODE_CONTEXT)


@transaction.atomic
def reissue(survey_id: int, serial: int, *, actor: Person) -> Code:
    """A new code for a letter that was lost or spoiled; the old one is worth nothing from now on.

    Raises: NotPossibleNow when the letter was answered.
    """
    survey = locked(survey_id, actor)
    code = survey.codes.select_for_update().filter(serial=serial).first()
    if code is None:
        raise NotPossibleNow("その番号の手紙はありません。", "整理番号を確かめてください。")
    if code.use:
        raise NotPossibleNow("その手紙の回答は受け取り済みです。", "再発行はできません。")
    code.issue += 1
    code.index = _index(survey, serial, code.issue)
    code.save(update_fields=["issue", "index"])
    record("surveys.code.reissued", actor=actor, target=survey, detail={"serial": serial, "issue": code.issue})
    return code


@transaction.atomic
def start(survey_id: int, *, actor: Person) -> Survey:
    """From preparation to the field; answers come in between the two dates. Raises: NotPossibleNow."""
    survey = locked(survey_id, actor)
    if not survey.codes.exists():
        raise NotPossibleNow("回答符号がまだありません。", "先に標本を抽出してください。")
    move(survey, "start")
    survey.save(update_fields=["state"])
    record("surveys.survey.started", actor=actor, target=survey, detail={"version": survey.version.number})
    return survey
