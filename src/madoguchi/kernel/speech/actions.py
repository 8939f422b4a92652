"""Having pages spoken: asking for a sound, making it, keeping the important ones ready, letting unused ones go."""

import logging
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from madoguchi.kernel.citydata.public import UnknownRecord, parameter, records
from madoguchi.kernel.files.public import shelf
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.kernel.language.public import as_read, overrides
from madoguchi.kernel.speech import engine
from madoguchi.kernel.speech.errors import NotReadable, QueueFull
from madoguchi.kernel.speech.models import Sound
from madoguchi.kernel.speech.pages import PACES, REGISTERS, Page, page
from madoguchi.lib import clock
from madoguchi.lib.spoken import spoken

MOST_WAITING = 50
WAITED_FOR, PREPARED = -50, -60  # a letter goes before either
LOST_AFTER = timedelta(days=1)
PARAMETER = "speech_unused_days"
_log = logging.getLogger(__name__)


@transaction.atomic
def ask(wanted: Page, *, now: datetime, used_on: date | None = None) -> Sound:
    """The sound of the page, waiting unless it is there. One that failed is tried again. Raises: QueueFull.

    `used_on`: when somebody last wanted the page, of one that is prepared; now, when somebody waits for it.
    """
    sound = Sound.objects.select_for_update().filter(digest=wanted.digest).first()
    if sound and sound.state != Sound.State.FAILED:
        return sound
    if Sound.objects.filter(state=Sound.State.WAITING).count() >= MOST_WAITING:
        raise QueueFull
    sound, _ = Sound.objects.update_or_create(
        digest=wanted.digest,
        defaults={
            "path": wanted.path,
            "register": wanted.register,
            "lines": wanted.lines,
            "state": Sound.State.WAITING,
            "asked_at": now,
            "used_on": used_on or clock.day_of(now),
        },
    )
    enqueue(make if used_on is None else make.using(priority=PREPARED), sound_id=sound.pk)
    return sound


@job("よみあげの音を作る", queue_name="long", priority=WAITED_FOR)
def make(sound_id: int) -> None:
    """Speak it; done twice, the sound is there once. Whatever the engine cannot do is told on the page, not retried."""
    sound = Sound.objects.filter(pk=sound_id, state=Sound.State.WAITING).first()
    if sound is None:
        return
    known = overrides()
    try:
        said = (spoken(as_read(line, known)) for line in sound.lines)
        made = engine.speak(said, pace=PACES[sound.register])
    except engine.CannotSpeak as error:
        _log.error("A page cannot be read aloud: %s", error)
        Sound.objects.filter(pk=sound_id).update(state=Sound.State.FAILED)
        return
    shelf().drop(sound.name)  # what a killed worker left
    shelf().put(sound.name, made.content)
    Sound.objects.filter(pk=sound_id).update(state=Sound.State.READY, seconds=made.seconds)


def content_of(sound: Sound, *, today: date) -> bytes:
    """The MP3; remembers that it was used. Raises: FileNotFoundError for a lost one, which can be asked for again."""
    if sound.used_on != today:
        Sound.objects.filter(pk=sound.pk).update(used_on=today)
    try:
        return shelf().get(sound.name)
    except FileNotFoundError:
        sound.delete()
        raise


def prepare(*, now: datetime) -> int:
    """Ask for the sounds of the pack's pages, and of those somebody listened to, as they are now; how many were asked.

    So a page that changed has its new sound in the morning. Stops when the queue is full.
    """
    if not engine.is_installed():
        return 0
    for (path, register), used_on in _wanted(clock.day_of(now)).items():
        try:
            ask(page(path, register), now=now, used_on=used_on)
        except NotReadable:
            continue
        except QueueFull:
            break
    return Sound.objects.filter(asked_at=now).count()


def _wanted(today: date) -> dict[tuple[str, str], date]:
    """Path and register of each page, the important ones first, and when somebody last wanted it."""
    pages = {(one.path, register): today for one in records("spoken_page") for register in REGISTERS}
    for sound in Sound.objects.order_by("-used_on", "pk").defer("lines"):
        pages.setdefault((sound.path, sound.register), sound.used_on)
    return pages


def tidy(*, now: datetime) -> int:
    """Drop what nobody heard for as many days as the city says, what waits in vain, what its page says no more."""
    lying = [item.name for item in shelf().items("speech")]  # looked at first: a row is older than its file
    newer = Sound.objects.filter(
        path=OuterRef("path"), register=OuterRef("register"), asked_at__gt=OuterRef("asked_at"), state=Sound.State.READY
    )
    over = Q(state=Sound.State.WAITING, asked_at__lt=now - LOST_AFTER) | Q(Exists(newer))
    if before := _unused_before(clock.day_of(now)):
        over |= Q(used_on__lt=before)
    count = Sound.objects.filter(pk__in=list(Sound.objects.filter(over).values_list("pk", flat=True))).delete()[0]
    names = {sound.name for sound in Sound.objects.only("digest")}
    for name in lying:
        if name not in names:
            shelf().drop(name)
    return count


def _unused_before(today: date) -> date | None:
    try:
        return today - timedelta(days=parameter(PARAMETER, on=today).value)
    except UnknownRecord:
        return None
