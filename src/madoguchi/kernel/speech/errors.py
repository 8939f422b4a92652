"""Refusals of the reading aloud."""

from django.utils.translation import gettext as _

from madoguchi.lib.errors import CitizenError


class QueueFull(CitizenError):
    """As many sounds wait to be made as may."""

    code = "speech.queue_full"

    def __init__(self) -> None:
        super().__init__(
            what=_("いま、よみあげの準備がこみあっています。"), next_step=_("時間をおいて、もう一度押してください。")
        )


class AskedTooOften(CitizenError):
    """From one address."""

    code = "speech.asked_too_often"

    def __init__(self) -> None:
        super().__init__(
            what=_("続けてたくさんのページの準備を受け付けました。"),
            next_step=_("1時間ほどおいて、もう一度押してください。"),
        )


class NotReadable(Exception):
    """No public page of ours with a text in Japanese is there."""
