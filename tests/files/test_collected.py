"""What `collectstatic` makes, and how the server gives it."""

from contextlib import closing
from unittest.mock import patch

import brotli
import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template
from django.test import override_settings

from madoguchi.project.wsgi import application
from madoguchi.ui.sheets import FACE, SHEETS, FaceStorage


def links() -> list[str]:
    return Template("{% load face %}{% sheets %}").render(Context()).splitlines()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    collected = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=collected), patch.object(staticfiles_storage, "_wrapped", FaceStorage()):
        call_command("collectstatic", verbosity=0, interactive=False)
    return collected


@pytest.fixture
def collected(folder):
    with override_settings(STATIC_ROOT=folder), patch.object(staticfiles_storage, "_wrapped", FaceStorage()):
        yield folder


def test_uncollected_sheets_stand_one_by_one():
    assert [name in link for name, link in zip(SHEETS, links(), strict=True)] == [True] * len(SHEETS)


def test_collected_sheets_are_one_file_with_every_rule(collected):
    (link,) = links()
    whole = (collected / staticfiles_storage.stored_name(FACE)).read_text()
    assert staticfiles_storage.stored_name(FACE) in link
    places = [whole.index((collected / name).read_text()) for name in SHEETS]
    assert places == sorted(places)


def test_a_file_nobody_collected_keeps_its_name(collected):
    assert staticfiles_storage.url("ui/gone.css") == "/static/ui/gone.css"


def test_a_browser_keeps_a_collected_file_for_good_and_gets_it_small(collected, monkeypatch):
    monkeypatch.setattr(application, "files", {})
    application.add_files(str(collected), "/static/")
    url, said = staticfiles_storage.url(FACE), {}

    def take(status, headers):
        said.update(headers, status=status)

    environ = {"PATH_INFO": url, "REQUEST_METHOD": "GET", "HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}
    with closing(application(environ, take)) as answer:
        body = b"".join(answer)
    assert brotli.decompress(body) == (collected / staticfiles_storage.stored_name(FACE)).read_bytes()
    assert said["status"].startswith("200")
    assert "immutable" in said["Cache-Control"]
    assert (said["Content-Encoding"], said["X-Content-Type-Options"]) == ("br", "nosniff")
