"""What can stand in the way, in words that say what to do next."""

from madoguchi.lib.errors import CitizenError


class TooManyViews(CitizenError):
    """A person has as many saved views as a list can show."""

    code = "desk.too_many_views"

    def __init__(self, most: int) -> None:
        super().__init__(
            what=f"保存した表示は{most}件までです。", next_step="使わないものを消してから保存してください。"
        )
