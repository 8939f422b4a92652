"""What can stand in the way of a synonym."""

from madoguchi.lib.errors import CitizenError


class FindsNothing(CitizenError):
    """A synonym must lead somewhere."""

    code = "search.finds_nothing"

    def __init__(self, word: str) -> None:
        super().__init__(what=f"「{word}」でも何も見つかりません。", next_step="見つかることばを入力してください。")
