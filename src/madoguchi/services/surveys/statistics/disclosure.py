"""Small cells: which cells of a published table are hidden so that nobody can be recognised, totals included.

The table with its totals is a bipartite graph: lines are nodes, hidden cells are edges. Every line adds up (cells and
total), so a hidden cell can be computed back exactly when its edge is a bridge (Gusfield 1988). Cells are hidden until
there is no bridge.
"""

from collections.abc import Iterator, Sequence

Place = tuple[int, int]  # row, column; the last of each is the total
Node = tuple[str, int]


def hidden_cells(counts: Sequence[Sequence[int]], threshold: int) -> frozenset[Place]:
    """Places to hide in `counts` (without totals); a place in the last row or column +1 is a total.

    Counts from 1 to `threshold` − 1 are hidden, then as few and as small others as keep them from being computed.
    Nothing is said about zeros: they name nobody.
    """
    table = [[*row, sum(row)] for row in counts]
    table.append([sum(column) for column in zip(*table, strict=True)] if table else [])
    corner = (len(table) - 1, len(table[0]) - 1)
    places = [(row, column) for row in range(len(table)) for column in range(len(table[0])) if (row, column) != corner]
    hidden = {(row, column) for row, column in places if 0 < table[row][column] < threshold}
    by_size = sorted(places, key=lambda place: (table[place[0]][place[1]] == 0, table[place[0]][place[1]]))
    while len(hidden) < len(places) and (bridge := next(_bridges(hidden), None)):
        hidden.add(_cover(bridge, hidden, by_size))
    return frozenset(hidden)


def _cover(bridge: Place, hidden: set[Place], by_size: list[Place]) -> Place:
    """The smallest cell that brings the bridge nearer to a circle: it joins both sides, or lies beside a dead end."""
    near = _reached(("row", bridge[0]), hidden - {bridge})
    far = _reached(("column", bridge[1]), hidden - {bridge})
    free = [place for place in by_size if place not in hidden]

    def joins(place: Place) -> bool:
        ends: set[Node] = {("row", place[0]), ("column", place[1])}
        return bool(ends & near) and bool(ends & far)

    def lies_beside(place: Place) -> bool:
        return (near == {("row", bridge[0])} and place[0] == bridge[0]) or (
            far == {("column", bridge[1])} and place[1] == bridge[1]
        )

    for wanted in (joins, lies_beside):
        for place in free:
            if wanted(place):
                return place
    return free[0]


def _reached(start: Node, edges: set[Place]) -> set[Node]:
    found, waiting = {start}, [start]
    while waiting:
        for node in _neighbours(waiting.pop(), edges):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return found


def _neighbours(node: Node, edges: set[Place]) -> Iterator[Node]:
    side, number = node
    for row, column in edges:
        if side == "row" and row == number:
            yield ("column", column)
        elif side == "column" and column == number:
            yield ("row", row)


def _bridges(edges: set[Place]) -> Iterator[Place]:
    """Edges whose ends fall apart without them, in order."""
    for edge in sorted(edges):
        if ("column", edge[1]) not in _reached(("row", edge[0]), edges - {edge}):
            yield edge
