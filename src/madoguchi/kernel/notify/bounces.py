"""Mail that came back: a delivery status notification (RFC 3464) says for which notice, and whether for good."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.errors import MessageError
from email.message import Message
from email.parser import BytesParser
from mailbox import Maildir
from pathlib import Path
from uuid import UUID

from madoguchi.kernel.notify.models import Notice
from madoguchi.kernel.notify.reaching import note_returned

MOST_BYTES = 1024 * 1024  # of one message; a real one is a tenth of it
_VERP = re.compile(r"\+([0-9a-f]{32})@")
_MESSAGE_ID = re.compile(r"^<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@")
_STATUS = re.compile(r"^\s*([245])\.(\d{1,3})\.(\d{1,3})")


@dataclass(frozen=True)
class Returned:
    """What a notification says. The status is that of RFC 3463."""

    uid: UUID
    status: tuple[int, int, int]

    @property
    def is_bad_address(self) -> bool:
        """For good, and because of the address: not a full mailbox, not a message somebody did not like."""
        kind, subject, detail = self.status
        return kind == 5 and (subject in {0, 1} or (subject, detail) == (2, 1))


def take(raw: bytes, *, now: datetime) -> bool:
    """Note what came back; whether it was about a notice of ours that failed. Idempotent."""
    returned = read(raw)
    notice = Notice.objects.filter(uid=returned.uid).first() if returned else None
    if returned is None or notice is None:
        return False
    note_returned(notice, is_bad_address=returned.is_bad_address, now=now)
    return True


def take_maildir(directory: Path, *, now: datetime) -> tuple[int, int]:
    """Everything new in a maildir: understood and removed, not understood and left in `cur` for a person."""
    box = Maildir(directory, create=False)
    understood = left = 0
    for key, message in list(box.iteritems()):
        if message.get_subdir() != "new":
            continue
        if take(box.get_bytes(key), now=now):
            box.discard(key)  # it quotes the mail, and with it the person
            understood += 1
        else:
            message.set_subdir("cur")
            box[key] = message
            left += 1
    return understood, left


def read(raw: bytes) -> Returned | None:
    """None for what is no notification of a failure, or says not which mail."""
    if len(raw) > MOST_BYTES:
        return None
    try:
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        parts = list(message.walk())
        status, uid = _status(parts), _uid(message, parts)
    except (MessageError, LookupError, ValueError, TypeError, AttributeError, RecursionError):
        return None  # whoever can write to the address can send anything
    return Returned(uid, status) if status and uid else None


def _status(parts: list[Message]) -> tuple[int, int, int] | None:
    """Of the first recipient that failed; each of our mails has one."""
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            for block in _blocks(part):
                found = status_in(str(block.get("Status", "")))
                if str(block.get("Action", "")).strip().lower() == "failed" and found:
                    return found
    return None


def status_in(text: str) -> tuple[int, int, int] | None:
    """The status of RFC 3463 that a field or a reply of a server begins with."""
    found = _STATUS.match(text)
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def _blocks(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload if isinstance(block, Message))


def _uid(message: Message, parts: list[Message]) -> UUID | None:
    """By the address it came back to, else by the Message-ID of the mail it quotes."""
    for name in ("Delivered-To", "X-Original-To", "To"):
        if found := _VERP.search(str(message.get(name, ""))):
            return UUID(found[1])
    for part in parts:
        if part is message:
            continue
        quoted = part
        if part.get_content_type() == "text/rfc822-headers":
            quoted = BytesParser(policy=policy.compat32).parsebytes(part.get_payload(decode=True) or b"")  # type: ignore[arg-type]
        if found := _MESSAGE_ID.match(str(quoted.get("Message-ID", "")).strip()):
            return UUID(found[1])
    return None
