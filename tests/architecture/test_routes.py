"""Every route has an access rule; every operation of the API says who may call it."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from madoguchi.kernel.accounts.middleware import AccessMiddleware
from madoguchi.kernel.accounts.permissions import permission_names
from madoguchi.kernel.audit.testing import verb_names
from madoguchi.kernel.registry.public import services


def routes(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from routes(entry, address)
        else:
            yield address, entry


def test_every_route_has_an_access_rule():
    without = [address for address, route in routes() if not hasattr(route.callback, "access")]
    assert without == []


def test_staff_routes_use_permissions_that_a_manifest_names():
    named = set(permission_names())
    used = {route.callback.access.permission for _, route in routes()} - {""}
    assert used <= named


def test_the_first_word_of_an_address_is_the_slug_of_its_service():
    slugs = {service.slug for service in services()}
    for address, route in routes():
        module = route.callback.__module__
        if module.startswith("madoguchi.services."):
            assert address.split("/")[0] == module.split(".")[2], address
    assert slugs


def test_permissions_and_verbs_begin_with_the_slug():
    for service in services():
        for name in (*service.permissions, *service.audit_verbs):
            assert name.startswith(f"{service.slug}."), name


def test_every_audit_verb_in_the_code_is_named(source_files):
    import re

    used = set()
    for path in source_files:
        if "/tests/" not in path.as_posix():
            used |= set(
                re.findall(
                    r'(?:(?:audit_)?record|look)\(\s*"([a-z_]+\.[a-z_]+\.[a-z_]+)"', path.read_text(encoding="utf-8")
                )
            )
    assert used, "the pattern no longer finds the calls"
    assert used <= set(verb_names())


@pytest.mark.django_db
def test_a_view_without_a_rule_is_refused(rf):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        AccessMiddleware(lambda _: None).process_view(rf.get("/"), lambda _: None)
