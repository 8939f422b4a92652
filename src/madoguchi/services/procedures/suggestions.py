"""How the register would write an address that was typed; shown beside it, taken only by who typed it."""

from collections.abc import Mapping
from typing import Any

from madoguchi.kernel.citydata.public import record, records
from madoguchi.lib.address import Place, Town, suggest
from madoguchi.services.procedures.pack import Page

ADDRESS = "street-address"  # the question's `autocomplete`, WHATWG HTML 4.10.18.7


def of_page(page: Page, typed: Mapping[str, Any]) -> dict[str, str]:
    """Suggestions by question key for what stands in the boxes of a page."""
    asked = [question.key for question in page.questions if question.autocomplete == ADDRESS]
    if not any(typed.get(key) for key in asked):
        return {}
    place = _place()
    found = {key: suggest(str(typed.get(key) or ""), place) for key in asked}
    return {key: address for key, address in found.items() if address}


def _place() -> Place:
    city = record("city", "city")
    towns = [Town(town.name, town.chome, by_blocks=town.numbered_by == "block") for town in records("town")]
    return Place(city.prefecture.ja, city.name.ja, towns)
