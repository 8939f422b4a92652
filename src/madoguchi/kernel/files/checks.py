"""What an installation is told at its start and by `madoguchi check`: whether files are scanned."""

from typing import Any

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, register

OWN_MACHINE = ("tcp:127.0.0.1:", "tcp:localhost:")


@register()
def scanner_is_set_up(app_configs: Any, **more: Any) -> list[CheckMessage]:  # noqa: ARG001
    if settings.SCANNER == "none":
        return [
            checks.Warning(
                "SCANNER=none: what people send is opened without a virus scan.",
                hint="Install clamd and set SCANNER=unix:/run/clamav/clamd.ctl (docs/how-to/scan-files.md).",
                id="files.W001",
            )
        ]
    if not settings.SCANNER:
        return [
            checks.Warning(
                "SCANNER is not set: what people send stays in quarantine, and staff cannot open it.",
                hint="Set SCANNER to the address of clamd, or to none (docs/how-to/scan-files.md).",
                id="files.W002",
            )
        ]
    if settings.SCANNER.startswith("tcp:") and not settings.SCANNER.startswith(OWN_MACHINE):
        return [
            checks.Warning(
                "SCANNER is on another machine: files go there in clear text.",
                hint="Run clamd on this machine, or give the two a network of their own.",
                id="files.W003",
            )
        ]
    return []
