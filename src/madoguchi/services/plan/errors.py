"""What can stand in the way, in words that say what to do next."""

from madoguchi.lib.errors import CitizenError


class TableMovedOn(CitizenError):
    """Somebody else changed the table between the preview and the confirmation."""

    code = "plan.table_moved_on"

    def __init__(self) -> None:
        super().__init__(
            what="確認している間に、ほかの人が表を変えました。まだ何も取り込んでいません。",
            next_step="もう一度ファイルを選んで、違いを確かめてください。",
        )
