"""Events between apps: everything published is named, everything heard exists, and no app hears by Django's signals."""

import re

from django.utils.module_loading import import_string

from madoguchi.kernel.events.hearing import hearers, published
from madoguchi.kernel.registry.public import services

PUBLISH = re.compile(r'\bpublish(?:_event)?\(\s*"([^"]*)"')


def calls(source_files):
    for path in source_files:
        text = path.read_text(encoding="utf-8")
        if "kernel.events" in text and "/tests/" not in path.as_posix():
            yield from ((path, name) for name in PUBLISH.findall(text))


def test_every_event_in_the_code_is_named_by_the_manifest_of_its_service_and_the_other_way_round(source_files):
    found = list(calls(source_files))
    assert found, "the pattern no longer finds the calls"
    for path, name in found:
        assert f"/services/{name.split('.')[0]}/" in path.as_posix(), f"{path} publishes {name} of another app"
    assert {name for _, name in found} == set(published())


def test_every_event_that_is_heard_is_published_and_its_hearer_is_there():
    assert set(hearers()) <= set(published())
    for those in hearers().values():
        assert len(those) == len(set(those))
        assert all(callable(import_string(hearer)) for hearer in those)


def test_events_are_named_like_the_service_the_thing_and_what_happened_to_it():
    for service in services():
        for name, words in service.publishes.items():
            assert re.fullmatch(rf"{service.slug}\.[a-z_]+\.[a-z_]+", name), name
            assert words


def test_nothing_is_published_that_nobody_hears():
    assert set(published()) == set(hearers()), "publish it with its first hearer"


def test_no_app_listens_to_signals_of_django(source_files):
    """But for an app that prepares its own tables once they are there."""
    signal = re.compile(
        r"django\.dispatch|db\.models\.signals import (?!post_migrate$)|@receiver|\.connect\(\s*\w+,\s*sender=(?!self)",
        re.MULTILINE,
    )
    found = [path.name for path in source_files if signal.search(path.read_text(encoding="utf-8"))]
    assert found == []
