"""What the search hears: a source names the events after which its documents have to be looked at again."""

from madoguchi.kernel.events.public import Event
from madoguchi.kernel.search.index import refresh
from madoguchi.kernel.search.sources import sources


def hears() -> dict[str, str]:
    return {name: "madoguchi.kernel.search.hearing.renew" for source in sources().values() for name in source.events}


def renew(event: Event) -> None:
    """The documents as they are now, which may be later than the event: telling it twice changes nothing."""
    for source in sources().values():
        if event.name in source.events:
            refresh(source.kind)
