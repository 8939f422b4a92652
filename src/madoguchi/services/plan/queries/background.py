"""How other municipalities stand."""

from dataclasses import dataclass

from madoguchi.kernel.citydata.public import records
from madoguchi.services.plan.pack import Peer


@dataclass(frozen=True)
class PeerRow:
    """One compared item, oldest year first."""

    item: str
    years: list[Peer]

    @property
    def latest(self) -> Peer:
        return self.years[-1]


def peers() -> list[PeerRow]:
    """Every municipality's share beside this city, in the order in which the items first appear."""
    rows: dict[str, list[Peer]] = {}
    for peer in records("plan.peer"):
        rows.setdefault(peer.item, []).append(peer)
    return [PeerRow(item, sorted(found, key=lambda peer: peer.year)) for item, found in rows.items()]
