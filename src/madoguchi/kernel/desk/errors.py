"""What can stand in the way, in words that say what to do next."""

from madoguchi.lib.errors import CitizenError


class TooLateToUndo(CitizenError):
    """Its minutes are over, or it was taken back before."""

    code = "desk.too_late_to_undo"

    def __init__(self, minutes: int) -> None:
        super().__init__(
            what=f"取り消せるのは{minutes}分以内に一度だけです。",
            next_step="いまの状態を確かめて、あらためて操作してください。",
        )


class TooManyViews(CitizenError):
    """A person has as many saved views as a list can show."""

    code = "desk.too_many_views"

    def __init__(self, most: int) -> None:
        super().__init__(
            what=f"保存した表示は{most}件までです。", next_step="使わないものを消してから保存してください。"
        )
