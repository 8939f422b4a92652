"""Where a visitor may be sent on to."""

import re

from django.utils.http import url_has_allowed_host_and_scheme

_PATH = re.compile(r"/[^\x00-\x20\x7f\\]*")


def own_path(wanted: str, default: str) -> str:
    """`wanted` when it is a path of this site, whatever a browser may read into it; else `default`."""
    is_ours = _PATH.fullmatch(wanted) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_ours else default
