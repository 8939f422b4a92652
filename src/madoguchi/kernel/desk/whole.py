"""All queues of a person as one list, for a paginator."""

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from heapq import merge
from itertools import islice

from madoguchi.kernel.desk.inbox import Asked, Matter, Queue, Tally


class Inbox:
    """The matters of these queues in one order. At most three queries a queue, whatever the page and the number."""

    def __init__(self, queues: Sequence[Queue], asked: Asked, *, only: str = "") -> None:
        self.kinds = {queue.key: queue.kind for queue in queues}
        self._queues = {queue.key: queue for queue in queues}
        self._asked = asked
        self._only = only

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """Of every queue, whichever is shown."""
        return {key: queue.tally(self._asked) for key, queue in self._queues.items()}

    @cached_property
    def tally(self) -> Tally:
        """Of the queues that are shown."""
        return sum((tally for key, tally in self.tallies.items() if self._only in {"", key}), Tally())

    def __len__(self) -> int:
        return self.tally.listed

    def __getitem__(self, page: slice) -> list[tuple[str, Matter]]:
        """The matters of a page, each with its kind."""
        shown = [key for key, tally in self.tallies.items() if tally.listed and self._only in {"", key}]
        places = merge(*(self._queues[key].places(self._asked, page.stop) for key in shown))
        here = list(islice(places, page.start, page.stop))
        keys: dict[str, list[int]] = defaultdict(list)
        for place in here:
            keys[place.queue].append(place.key)
        found = {(queue, one.key): one for queue in keys for one in self._queues[queue].matters(keys[queue])}
        at = ((place.queue, place.key) for place in here)
        return [(self.kinds[place[0]], found[place]) for place in at if place in found]
