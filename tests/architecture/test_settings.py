"""A bad setting stops the start, and the message names the variable and what to write."""

import os
import runpy
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured

from madoguchi.project import env

WRONG = [
    ("ALLOWED_HOSTS", " , ", "at least one"),
    ("BACKUP_KEEP", "0", "1 to 1000"),
    ("BOUNCE_ADDRESS", "bounce", "bounce@city.example.lg.jp"),
    ("CITY", "../etc", "write it like example"),
    ("CITY", "no-such-city", "copy cities/example"),
    ("CITY_PACK", "/no/such/folder", "set CITY"),
    ("CLIENT_ADDRESS_META", "X-Real-IP", "HTTP_X_REAL_IP"),
    ("DATABASE_URL", "mysql://root:hunter2hunter2@db/city", "write postgres://"),
    ("DATABASE_URL", "postgres://city:hunter2/hunter2@db:5432/city", "% signs encoded"),
    ("DATABASE_URL", "postgres://db", "names no database"),
    ("DATABASE_URL", "sqlite://", "names no database"),
    ("DEBUG", "perhaps", "write 1 or 0"),
    ("DEFAULT_FROM_EMAIL", "nobody", "madoguchi@city.example.lg.jp"),
    ("DEFAULT_FROM_EMAIL", "a@example.jp\r\nBcc: b@example.jp", "write it like"),
    ("DEMONSTRATION", "2", "write 1 or 0"),
    ("EMAIL_PORT", "smtp", "1 to 65535"),
    ("EMAIL_USE_TLS", "tls", "write 1 or 0"),
    ("HOST", "http://127.0.0.1", "write it like 127.0.0.1"),
    ("IDENTITY_PORT", "70000", "1 to 65535"),
    ("JOB_LONG_MINUTES", "5", "10 to 1440"),
    ("KMS_URL", "kms.internal:8200", "write an address like"),
    ("KMS_URL", "http://kms.internal:8200", "write https"),
    ("LOG_FORMAT", "xml", "json, lines"),
    ("LOG_LEVEL", "LOUD", "DEBUG, INFO, WARNING, ERROR"),
    ("METRICS_TOKEN", "short", "at least 16"),
    ("OIDC_ISSUER", "idp.example.jp", "write an address like"),
    ("OIDC_ISSUER", "http://idp.example.jp", "write https"),
    ("OIDC_STAFF_ISSUER", "ftp://idp.example.jp", "write an address like"),
    ("OTLP_ENDPOINT", "collector:4318", "write an address like"),
    ("PORT", "-1", "1 to 65535"),
    ("PORT", "８０００", "1 to 65535"),
    ("S3_ENDPOINT", "http://s3.example.jp", "write https"),
    ("S3_SECRET_KEY", "short", "at least 16"),
    ("SCANNER", "clamav:3310", "write it like unix:/run/clamav/clamd.ctl"),
    ("SCANNER", "tcp:127.0.0.1", "write it like unix:"),
    ("SECRET_KEY", "secret", "madoguchi keys"),
    ("SITE_URL", "https://user@example.jp", "write an address like"),
    ("SITE_URL", "https://example.jp:https", "write an address like"),
]


@pytest.fixture
def read(root, monkeypatch):
    """The settings as a new process with that environment reads them."""
    monkeypatch.setenv("DEMONSTRATION", "1")
    monkeypatch.delenv("DATABASE_URL", raising=False)
    before = dict(env.READ)

    def run(name: str, value: str) -> dict:
        monkeypatch.setenv(name, value)
        return runpy.run_path(str(root / "src/madoguchi/project/settings.py"))

    yield run
    env.READ.clear()
    env.READ.update(before)


@pytest.mark.parametrize(("name", "value", "remedy"), WRONG)
def test_a_bad_value_is_refused_with_its_name_and_a_remedy(read, name, value, remedy):
    with pytest.raises(ImproperlyConfigured, match=f"(?s){name}.*{remedy}") as refused:
        read(name, value)
    assert "hunter2" not in str(refused.value)


def test_every_reader_that_can_refuse_is_tried_here(read):
    free = {"text", "path"}
    assert {item.name for item in env.READ.values() if item.kind not in free} <= {name for name, _, _ in WRONG}


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("PORT", "65535", 65535),
        ("EMAIL_HOST", "mail.example.lg.jp", "mail.example.lg.jp"),
        ("DEBUG", " Yes ", True),
        ("SITE_URL", "https://madoguchi.example.lg.jp/", "https://madoguchi.example.lg.jp"),
        ("ALLOWED_HOSTS", "a.example.jp, b.example.jp", ["a.example.jp", "b.example.jp"]),
        ("DEFAULT_FROM_EMAIL", "例示市 <madoguchi@city.example.lg.jp>", "例示市 <madoguchi@city.example.lg.jp>"),
        ("CLIENT_ADDRESS_META", "HTTP_X_REAL_IP", "HTTP_X_REAL_IP"),
    ],
)
def test_a_good_value_is_read(read, name, value, expected):
    assert read(name, value)[name] == expected


def test_the_secret_comes_from_the_environment_or_from_its_file_and_a_city_needs_one(read, monkeypatch, tmp_path):
    monkeypatch.setenv("DEMONSTRATION", "0")
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set .*madoguchi keys"):
        read("KEY_DIR", str(tmp_path))
    (tmp_path / "django.key").write_text("from-the-file\n", encoding="ascii")
    assert read("KEY_DIR", str(tmp_path))["SECRET_KEY"] == "from-the-file"
    assert read("SECRET_KEY", "from-the-environment")["SECRET_KEY"] == "from-the-environment"


def test_a_person_at_the_terminal_sees_one_line_and_no_traceback():
    done = subprocess.run(
        [sys.executable, "-m", "madoguchi.project", "check"],
        env={**os.environ, "PORT": "http"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert done.stderr == "madoguchi does not start: PORT='http': write a whole number from 1 to 65535\n"
