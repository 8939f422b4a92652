"""Refusals, in words that say what to do next. Staff read Japanese."""

from madoguchi.lib.errors import CitizenError


class NotNow(CitizenError):
    """An emergency cannot be taken, ended or reviewed like this."""

    code = "emergencies.not_now"

    def __init__(self, what: str, next_step: str) -> None:
        super().__init__(what=what, next_step=next_step)
