"""One-time codes against the vectors the standards print."""

import base64
from datetime import UTC, datetime, timedelta

import pytest

from madoguchi.lib import totp

SECRET = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),  # RFC 6238, appendix B, SHA-1: eight digits, of which an app shows the last six
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")],
)
def test_the_codes_are_those_of_rfc_6238(seconds, code):
    assert totp.code_at(SECRET, datetime.fromtimestamp(seconds, UTC)) == code


def test_a_code_counts_once_and_only_near_its_time():
    moment = datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    code = totp.code_at(SECRET, moment)
    step = totp.matching_step(code, SECRET, moment, after=0)
    assert step == int(moment.timestamp()) // 30
    assert totp.matching_step(code, SECRET, moment, after=step) is None
    for seconds, accepted in ((-31, False), (-30, True), (30, True), (60, False)):
        late = totp.matching_step(code, SECRET, moment + timedelta(seconds=seconds), after=0)
        assert (late is not None) is accepted, seconds


def test_the_address_names_issuer_and_account():
    assert totp.address(SECRET, issuer="例示市", account="1042") == (
        "otpauth://totp/%E4%BE%8B%E7%A4%BA%E5%B8%82:1042?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        "&issuer=%E4%BE%8B%E7%A4%BA%E5%B8%82"
    )
