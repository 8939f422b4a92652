"""Procedures in the directory: those one can do here, and the guides to the others."""

from collections.abc import Iterator

from django.urls import reverse

from madoguchi.kernel.citydata.public import parameter, records
from madoguchi.kernel.registry.public import Entry
from madoguchi.lib import clock
from madoguchi.services.procedures import rules
from madoguchi.services.procedures.pack import Procedure
from madoguchi.ui.words import LocalText

AT_THE_COUNTER = LocalText(ja="窓口・電話でご案内", easy="まどぐち・でんわ", en="At the counter or by telephone")


def entries() -> list[Entry]:
    return [*_procedures(), *_guides()]


def mandate_scopes() -> list[tuple[str, LocalText]]:
    """Each procedure one can do here can be left to an agent."""
    return [(rules.mandate_scope(procedure.key), procedure.name) for procedure in records("procedure")]


def _procedures() -> Iterator[Entry]:
    return (
        Entry(
            slug="procedures",
            key=procedure.key,
            name=procedure.name,
            summary=procedure.summary,
            url=reverse("procedures:procedure", args=[procedure.key]),
            kana=procedure.kana,
            section=procedure.section,
            life_events=procedure.life_events,
            topics=procedure.topics,
            facts=_facts(procedure),
            words=procedure.words,
        )
        for procedure in records("procedure")
    )


def _guides() -> Iterator[Entry]:
    return (
        Entry(
            slug="procedures",
            key=guide.key,
            name=guide.name,
            summary=guide.summary,
            url=reverse("procedures:guide", args=[guide.key]),
            kana=guide.kana,
            section=guide.section,
            life_events=guide.life_events,
            topics=guide.topics,
            is_online=False,
            facts=(AT_THE_COUNTER,),
            words=guide.words,
        )
        for guide in records("procedures.guide")
    )


def _facts(procedure: Procedure) -> tuple[LocalText, ...]:
    """Time, fee or deadline in a few words."""
    minutes = procedure.minutes
    facts = [LocalText(ja=f"約{minutes}分", easy=f"{minutes}分(ふん)くらい", en=f"about {minutes} minutes")]
    for key in procedure.fee.parameters if procedure.fee else ():
        value = parameter(key, on=clock.today()).value
        facts.append(LocalText(ja=f"{value:,}円", easy=f"{value:,}円(えん)", en=f"¥{value:,}"))
    return (*facts, procedure.arrival)
