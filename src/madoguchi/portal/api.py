"""The API root: every service's router under /api/v1/<slug>; refused by default."""

from typing import Any

from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from madoguchi.kernel.registry.public import hooks
from madoguchi.lib.access import public_page


def _nobody(request: HttpRequest) -> Any:  # noqa: ARG001
    """An operation without an access rule of its own is refused."""
    return None


REFUSED = {
    "description": "The request was refused; `detail` says why, for wrong parameters as a list.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "properties": {"detail": {"type": ["string", "array"]}},
                "required": ["detail"],
                "additionalProperties": False,
            }
        }
    },
}


class _Api(NinjaAPI):
    """An API whose description names the refusals, too."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        schema = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"]["4XX"] = REFUSED
        return schema


api = _Api(
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
