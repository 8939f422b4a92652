"""Places on a drawn map: numbers at their points, north up, with a scale; the list beside it says the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Any

WIDTH = 1000  # of the view box; its height follows the places
MARGIN = 90
LEAST_HEIGHT, MOST_HEIGHT = 500, 900
METRES_PER_DEGREE = 111_320
LEAST_SPAN_M = 400.0  # one place alone still has some surroundings
SCALES_M = (100, 200, 500, 1000, 2000, 5000, 10000)


@dataclass(frozen=True)
class Point:
    """The number of a place and where it stands in the view box."""

    number: int
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """A map without tiles: points, the height of its view box, and a bar of `scale_m` metres."""

    points: list[Point]
    height: int
    scale_m: int
    scale_width: float


def draw(places: Sequence[Mapping[str, Any]]) -> Drawing | None:
    """Places with `lon` and `lat` (EPSG:4326), numbered in the order given; None where none has a point."""
    known = [(number, place) for number, place in enumerate(places, 1) if place.get("lon") is not None]
    if not known:
        return None
    lons, lats = ([float(place[axis]) for _, place in known] for axis in ("lon", "lat"))
    east = METRES_PER_DEGREE * cos(radians(sum(lats) / len(lats)))
    middle = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    wide = max((max(lons) - min(lons)) * east, LEAST_SPAN_M)
    tall = max((max(lats) - min(lats)) * METRES_PER_DEGREE, LEAST_SPAN_M / 2)
    inner = WIDTH - 2 * MARGIN
    height = round(min(max(inner * tall / wide + 2 * MARGIN, LEAST_HEIGHT), MOST_HEIGHT))
    units_per_m = min(inner / wide, (height - 2 * MARGIN) / tall)
    points = [
        Point(
            number,
            round(WIDTH / 2 + (float(place["lon"]) - middle[0]) * east * units_per_m, 1),
            round(height / 2 - (float(place["lat"]) - middle[1]) * METRES_PER_DEGREE * units_per_m, 1),
        )
        for number, place in known
    ]
    scale_m = max((metres for metres in SCALES_M if metres * units_per_m <= WIDTH / 3), default=SCALES_M[0])
    return Drawing(points, height, scale_m, round(scale_m * units_per_m, 1))
