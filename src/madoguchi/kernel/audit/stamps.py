"""Time-stamps on heads by an authority outside the city (RFC 3161): what stood when, without trusting the city."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import requests
from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from django.db import transaction
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from madoguchi.kernel.audit.models import Head, Stamp
from madoguchi.kernel.audit.scan import Broken
from madoguchi.lib import clock

TIMEOUT_S = (5, 20)  # to connect, to answer
MOST_BYTES = 64 * 1024
CLOCK_SLACK = timedelta(minutes=5)
MEDIA_TYPES = ("application/timestamp-query", "application/timestamp-reply")


class NotStamped(Exception):
    """No time-stamp that could be trusted; the head stands without one until the next try."""


def is_set_up() -> bool:
    """Whether this installation names an authority (TSA_URL, TSA_ROOTS)."""
    return bool(settings.TSA_URL)


def stamp_missing(*, tell: Callable[[str], object]) -> int:
    """Ask for the time-stamps that heads lack, oldest first; how many came. Safe to run again."""
    stamped = 0
    for head in Head.objects.filter(stamp=None).order_by("day"):
        try:
            stamp(head)
        except NotStamped as error:
            tell(f"head of {head.day}: {error}")
            break
        stamped += 1
    return stamped


def stamp(head: Head) -> Stamp:
    """Ask the authority for one time-stamp and keep it. Raises: NotStamped."""
    root = bytes.fromhex(head.root)
    request = TimestampRequestBuilder().data(root).hash_algorithm(HashAlgorithm.SHA256).cert_request(
        cert_request=True
    ).build()  # fmt: skip
    response = _decoded(_answer(request.as_bytes()))
    stamped_at = _checked(response, root, nonce=request.nonce)
    if abs(stamped_at - clock.now()) > CLOCK_SLACK:
        raise NotStamped(f"the authority's clock says {stamped_at.isoformat()}: compare it with this machine's")
    with transaction.atomic():
        return Stamp.objects.create(head=head, response=response.as_bytes(), stamped_at=stamped_at)


def _answer(query: bytes) -> bytes:
    sent, wanted = MEDIA_TYPES
    try:
        with requests.post(
            settings.TSA_URL,
            query,
            headers={"Content-Type": sent, "Accept": wanted},
            timeout=TIMEOUT_S,
            stream=True,
            allow_redirects=False,
        ) as answer:
            if answer.status_code != requests.codes.ok or answer.headers.get("Content-Type") != wanted:
                raise NotStamped(f"the authority answered {answer.status_code} {answer.headers.get('Content-Type')}")
            body = answer.raw.read(MOST_BYTES + 1, decode_content=True)
    except (requests.RequestException, OSError) as error:
        raise NotStamped(f"the authority did not answer ({type(error).__name__})") from error
    if len(body) > MOST_BYTES:
        raise NotStamped("the authority's answer is too long to be a time-stamp")
    return bytes(body)


def _decoded(answer: bytes) -> TimeStampResponse:
    try:
        return decode_timestamp_response(answer)
    except ValueError as error:
        raise NotStamped("the authority's answer is no time-stamp") from error


def _checked(response: TimeStampResponse, root: bytes, *, nonce: int | None = None) -> datetime:
    """When the authority says it saw `root`. Raises: NotStamped for any other root, nonce or signer."""
    builder = VerifierBuilder(roots=list(_roots()), nonce=nonce)
    try:
        builder.build().verify_message(response, root)
        return response.tst_info.gen_time
    except (VerificationError, ValueError) as error:
        raise NotStamped(f"the time-stamp does not hold: {error}") from error


@cache
def _certificates(path: Path) -> tuple[Certificate, ...]:
    return tuple(load_pem_x509_certificates(path.read_bytes()))


def _roots() -> tuple[Certificate, ...]:
    try:
        return _certificates(Path(settings.TSA_ROOTS))
    except (OSError, ValueError) as error:
        raise NotStamped("TSA_ROOTS names no file with the authority's root certificates (PEM)") from error


def broken_stamps() -> list[Broken]:
    """Heads whose time-stamp is not over their root, or not by the authority that the settings trust."""
    found: list[Broken] = []
    if not is_set_up():
        return found
    for stamped in Stamp.objects.select_related("head").order_by("head__day").iterator(chunk_size=500):
        try:
            _checked(_decoded(bytes(stamped.response)), bytes.fromhex(stamped.head.root))
        except NotStamped as error:
            found.append(Broken(stamped.head.size, f"head of {stamped.head.day}: {error}"))
    return found
