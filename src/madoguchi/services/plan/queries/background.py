"""How other municipalities stand."""

import hashlib
from dataclasses import dataclass

from madoguchi.kernel.citydata.public import records
from madoguchi.services.plan.pack import Peer


@dataclass(frozen=True)
class PeerRow:
    """One compared item, oldest year first."""

    item: str
    years: list[Peer]

    @property
    def points(self) -> float | None:
        """By how many percentage points the national share rose since the first year; None of one year only."""
        if len(self.years) < 2:
            return None
        return round(self.latest.national_percent - self.years[0].national_percent, 1)

    @property
    def history(self) -> list[float]:
        return [peer.national_percent for peer in self.years]

    @property
    def latest(self) -> Peer:
        return self.years[-1]


def peers() -> list[PeerRow]:
    """Every municipality's share beside this city, in the order in which the items first appear."""
    rows: dict[str, list[Peer]] = {}
    for peer in records("plan.peer"):
        rows.setdefault(peer.item, []).append(peer)
    return [PeerRow(item, sorted(found, key=lambda peer: peer.year)) for item, found in rows.items()]


def peers_digest() -> str:
    """A digest of the whole table, to notice that somebody else changed it."""
    text = "\n".join(sorted(peer.model_dump_json() for peer in records("plan.peer")))
    return hashlib.sha256(text.encode()).hexdigest()
