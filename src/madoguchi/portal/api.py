"""The API root: every service's router under /api/v1/<slug>; refused by default."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI

from madoguchi.kernel.accounts.public import public_page
from madoguchi.kernel.registry.public import hooks


def _nobody(request: HttpRequest) -> Any:  # noqa: ARG001
    """An operation without an access rule of its own is refused."""
    return None


api = NinjaAPI(
    title="Madoguchi",
    version="1",
    description="Open data and services of the city. Every answer names its source.",
    urls_namespace="api",
    auth=_nobody,
    docs_url=None,
)
for _service, _router in hooks("rest"):
    api.add_router(f"/v1/{_service.slug}", _router)

# Routes of the API pass the gate; each operation has its own rule, and one without is refused by `_nobody`.
urls = api.urls
for _route in urls[0]:
    public_page(_route.callback)
