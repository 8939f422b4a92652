"""The card of a service: who it is for, who owns it, what it may do, publishes and measures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import Enum
from typing import Literal

from madoguchi.ui.words import LocalText


class Audience(Enum):
    RESIDENT = "resident"
    STAFF = "staff"
    EVERYONE = "everyone"


class Direction(Enum):
    """Which way a figure should move for the plan to succeed."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure a service gives the plan office; `compute` is a dotted path to `f(period) -> int | float | None`.

    `counts` names the event that the figure counts: the evidence keeps how often it happened on each day.
    """

    key: str
    name: LocalText
    unit: LocalText
    direction: Direction
    measures: tuple[str, ...]
    compute: str
    counts: str = ""
    explanation: LocalText


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line of the directory: something a person can start or read."""

    slug: str
    key: str
    name: LocalText
    summary: LocalText
    url: str
    kana: str
    section: str | None
    life_events: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    is_online: bool = True
    facts: tuple[LocalText, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MyItem:
    """One matter on a resident's own page: to do, running or done; of one that runs, what the city does next."""

    stage: Literal["todo", "running", "done"]
    title: str
    url: str
    state: str
    state_kind: Literal["ok", "info", "warn", "wait", "err"]
    at: datetime  # when it last moved
    note: str = ""
    due_on: date | None = None  # of what is to do
    next_step: str = ""
    next_by: date | None = None


@dataclass(frozen=True, kw_only=True)
class DeskView:
    """One line of a service's box on the staff desk: a saved view and how many wait in it."""

    label: str
    url: str
    count: int
    late: bool = False


class Days(Enum):
    """On which days recurring work falls, by the city's own calendar."""

    EVERY_DAY = "毎日"
    WORKING_DAYS = "開庁日"
    FIRST_WORKING_DAY = "毎月最初の開庁日"


@dataclass(frozen=True, kw_only=True)
class Recurring:
    """定期処理: work that nobody has to start. `run` is a dotted path to an idempotent `f(*, now)`.

    `at` are times of the city's clock. `off` says what is missing, in words a clerk reads, where it cannot run here.
    """

    key: str
    name: str  # Japanese: only staff see it
    at: tuple[time, ...]
    run: str
    days: Days = Days.EVERY_DAY
    is_long: bool = False  # may take longer than an ordinary job
    off: str = ""


@dataclass(frozen=True, kw_only=True)
class Service:
    """One service. Dotted paths are imported on first use, so a manifest costs nothing at start."""

    slug: str
    name: LocalText
    summary: LocalText
    audience: Audience
    owner: str  # section key in the city pack
    docs: str
    measures: tuple[str, ...] = ()
    permissions: Mapping[str, str] = field(default_factory=dict)
    audit_verbs: Mapping[str, str] = field(default_factory=dict)
    publishes: Mapping[str, str] = field(default_factory=dict)  # event → what it means
    hears: Mapping[str, str] = field(default_factory=dict)  # event of another app → dotted path of `f(event)`
    purposes: Mapping[str, str] = field(default_factory=dict)  # why somebody may look at personal data
    evidence: tuple[Figure, ...] = ()
    menu: str | None = None  # name of the route that stands in the main menu
    pack: str | None = None  # module with COLLECTIONS of the city pack
    directory: str | None = None  # f() -> list[Entry]
    my_page: str | None = None  # f(acting, *, today) -> list[MyItem]
    desk: str | None = None  # f(person, *, today) -> list[DeskView], empty when not theirs
    inbox: str | None = None  # f(person, *, today) -> list[Queue] of kernel/desk: what waits for this person
    undo: Mapping[str, str] = field(default_factory=dict)  # act → f(fact, *, actor, now): how it is taken back
    bad_file: str | None = None  # f(file_uid, *, now): what follows when a scan shuts a file for good
    section_work: str | None = None  # f(section_key) -> list[(what, how many)]: what a section has in hand
    mandate_scopes: str | None = None  # f() -> list[(key, name)]: what a person can have another see to
    timetable: str | None = None  # list[Recurring]: what runs by itself, and when
    retention: str | None = None  # list[keeping.Rule]: which records end when
    search: str | None = None  # list[Source] of the search: what can be found, and from where
    rest: str | None = None  # ninja Router, mounted at /api/v1/<slug>
