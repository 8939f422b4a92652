"""Having pages spoken: asking for a sound, making it, keeping the important ones ready, letting unused ones go."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import transaction

from madoguchi.kernel.citydata.public import UnknownRecord, parameter, records
from madoguchi.kernel.files.public import shelf
from madoguchi.kernel.jobs.public import enqueue, job
from madoguchi.kernel.language.public import as_read, overrides
from madoguchi.kernel.speech import engine
from madoguchi.kernel.speech.errors import NotReadable, QueueFull
from madoguchi.kernel.speech.models import Sound
from madoguchi.kernel.speech.pages import REGISTERS, Page, page
from madoguchi.lib import clock
from madoguchi.lib.spoken import spoken

MOST_WAITING = 50
LOST_AFTER = timedelta(days=1)
PARAMETER = "speech_unused_days"
_log = logging.getLogger(__name__)


@transaction.atomic
def ask(wanted: Page, *, now: datetime) -> Sound:
    """The sound of the page, waiting unless it is there. One that failed is tried again. Raises: QueueFull."""
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
            "used_on": clock.day_of(now),
        },
    )
    enqueue(make, sound_id=sound.pk)
    return sound


@job("よみあげの音を作る", queue_name="long", priority=-50)
def make(sound_id: int) -> None:
    """Speak it; done twice, the sound is there once. Whatever the engine cannot do is told on the page, not retried."""
    sound = Sound.objects.filter(pk=sound_id, state=Sound.State.WAITING).first()
    if sound is None:
        return
    known = overrides()
    try:
        made = engine.speak(spoken(as_read(line, known)) for line in sound.lines)
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
    asked = 0
    for path, register in dict.fromkeys(_wanted()):
        try:
            asked += ask(page(path, register), now=now).asked_at == now
        except NotReadable:
            continue
        except QueueFull:
            break
    return asked


def _wanted() -> Iterator[tuple[str, str]]:
    for one in records("spoken_page"):
        yield from ((one.path, register) for register in REGISTERS)
    yield from Sound.objects.order_by("-used_on", "pk").values_list("path", "register")


def tidy(*, now: datetime) -> int:
    """Drop what nobody heard for as many days as the city says, what waits in vain, and sounds without a row."""
    gone = Sound.objects.filter(state=Sound.State.WAITING, asked_at__lt=now - LOST_AFTER)
    count = gone.delete()[0]
    if before := _unused_before(clock.day_of(now)):
        count += Sound.objects.filter(used_on__lt=before).delete()[0]
    names = {sound.name for sound in Sound.objects.only("digest")}
    for item in list(shelf().items("speech")):
        if item.name not in names:
            shelf().drop(item.name)
    return count


def _unused_before(today: date) -> date | None:
    try:
        return today - timedelta(days=parameter(PARAMETER, on=today).value)
    except UnknownRecord:
        return None
