"""OAuth's refusals: its error code and words for the engineer."""


class Refused(Exception):
    """Told to the client: by redirect at the authorization endpoint, as JSON elsewhere."""

    def __init__(self, error: str, description: str) -> None:
        super().__init__(f"{error}: {description}")
        self.error = error
        self.description = description


class Shown(Refused):
    """Told to the person only: with an unknown client or address, a redirect could lead anywhere (RFC 6749 4.1.2.1)."""
