"""Refusals of the files, in words for the person who sent or opens one."""

from django.utils.translation import gettext as _

from madoguchi.lib.errors import CitizenError


class FileRefused(CitizenError):
    """The upload cannot be taken; the message says why and what to send instead."""

    code = "files.refused"


class FileShut(CitizenError):
    """The file is kept and does not open: in quarantine (by its state), or out of reach (`away`)."""

    code = "files.shut"

    def __init__(self, state: str = "", *, away: bool = False) -> None:
        self.away = away
        if away:
            what, next_step = _("いま、ファイルを取り出せません。"), _("時間をおいて、もう一度開いてください。")
        elif state == "waiting":
            what, next_step = (
                _("ウイルスの検査が終わるまで、このファイルは開けません。"),
                _("手続はこのまま進められます。"),
            )
        elif state == "harmful":
            what = _("ウイルスなどの有害なものが見つかったため、このファイルは開けません。")
            next_step = _("お使いの機器を検査し、別の写真かPDFを選んでください。")
        else:
            what = _("ウイルスの検査ができなかったため、このファイルは開けません。")
            next_step = _("「印刷」から作りなおしたPDFか、写真を選んでください。")
        super().__init__(what=what, next_step=next_step)
