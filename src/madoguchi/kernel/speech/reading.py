"""What a page says in its main part, as lines to be read one after the other.

A table is read by rows, each cell behind the head of its column. What is there for the eye or the hand only is left
out: drawings, menus, forms, what is hidden. Readings stay in the notation of our texts: 電話(でんわ).
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "rp", "rt", "ruby", "small", "span", "strong", "sub"}
INLINE |= {"sup", "time"}
APART = {"a", "small", "span", "time"}  # side by side, each stands for itself
SILENT = {"button", "dialog", "form", "nav", "noscript", "pre", "script", "select", "style", "svg"}
SILENT |= {"template", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PAUSE = "、"
SPACE = re.compile(r"\s+")
TWO_PAUSES = re.compile(r"\s?([。、：])[、\s]*、\s?|\s(?=、)")
SAYS_SOMETHING = re.compile(r"\w|[〇○×✕◎△―—–−-]")


@dataclass(frozen=True)
class Script:
    """The lines of a page; its first heading is its title."""

    title: str
    lines: tuple[str, ...]


def script_of(html: str) -> Script:
    """What the `main` element of `html` says; no lines when there is nothing to read."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return Script(reader.title, tuple(reader.lines))


@dataclass(frozen=True)
class _Cell:
    is_head: bool
    text: str
    columns: int
    rows: int


@dataclass
class _Table:
    row: list[_Cell] = field(default_factory=list)
    heads: dict[int, list[str]] = field(default_factory=dict)  # of each column, from above
    taken: dict[int, int] = field(default_factory=dict)  # rows that a head above still fills

    def end_row(self) -> str:
        """What the row says. Column heads say nothing by themselves; they are said with the cells below."""
        row, self.row = self.row, []
        if len(row) > 1 and all(cell.is_head for cell in row):
            self._take_heads(row)
            return ""
        column, parts = 0, list[str]()
        for cell in row:
            if SAYS_SOMETHING.search(cell.text):
                heads = [] if cell.is_head or cell.columns > 1 else self.heads.get(column, [])
                parts.append(PAUSE.join([*heads, cell.text]))
            column += cell.columns
        return "。".join(parts)

    def _take_heads(self, row: list[_Cell]) -> None:
        column = 0
        for cell in row:
            while self.taken.get(column):
                self.taken[column] -= 1
                column += 1
            for _ in range(cell.columns):
                self.heads.setdefault(column, []).append(cell.text)
                self.taken[column] = cell.rows - 1
                column += 1


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.lines = "", list[str]()
        self.open: list[tuple[str, bool]] = []  # elements we are in, and whether they are read
        self.said = ""
        self.table: _Table | None = None
        self.columns = self.rows = 1
        self.is_between = False  # the last thing was the end of something that stands for itself

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        is_read = self._is_read(tag, attributes)
        if tag in VOID:
            if tag == "img" and is_read and attributes.get("alt"):
                self.said += f"{PAUSE}画像{PAUSE}{attributes['alt']}{PAUSE}"
            elif tag in {"br", "hr"}:
                self._end_line()
            return
        is_note = tag == "small" and not self.said[-1:].isdecimal()  # else it is the unit of a figure
        if is_read and tag in APART and (self.is_between or is_note) and self.said:
            self.said += PAUSE  # what stands apart on the page has only its style between
        self.is_between = self.is_between and tag in INLINE
        if tag not in INLINE:
            self._end_line()
        if is_read and tag == "table":
            self.table = _Table()
        if tag in {"td", "th"}:
            self.columns, self.rows = (int(attributes.get(name) or 1) for name in ("colspan", "rowspan"))
        self.open.append((tag, is_read))

    def _is_read(self, tag: str, attributes: dict[str, str | None]) -> bool:
        if tag == "main":
            return True
        is_hidden = attributes.keys() & {"hidden", "data-unread"} or attributes.get("aria-hidden") == "true"
        is_foreign = not (attributes.get("lang") or "ja").startswith("ja")
        return self._reads and tag not in SILENT and not is_hidden and not is_foreign

    @property
    def _reads(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def handle_data(self, data: str) -> None:
        if self._reads:
            self.said += data
            self.is_between = self.is_between and not data.strip()

    def handle_endtag(self, tag: str) -> None:
        if tag not in [name for name, _ in self.open]:
            return
        if self._reads and tag in {"td", "th"} and self.table:
            self.table.row.append(_Cell(tag == "th", self._take(), self.columns, self.rows))
        elif tag not in INLINE:
            self._end_line(is_title=tag == "h1" and self._reads and not self.title)
        if tag == "tr" and self.table:
            self._add(self.table.end_row())
        elif tag == "table":
            self.table = None
        if self._reads:
            self.is_between = tag in APART
        while self.open.pop()[0] != tag:
            pass

    def _take(self) -> str:
        text, self.said = TWO_PAUSES.sub(r"\1", SPACE.sub(" ", self.said)).strip(f" {PAUSE}"), ""
        return text

    def _end_line(self, *, is_title: bool = False) -> None:
        if self.table and any(name in {"td", "th"} for name, _ in self.open):
            self.said += PAUSE if self.said.strip() else ""  # the row is the line
            return
        text = self._take()
        if is_title:
            self.title = text
        self._add(text)

    def _add(self, text: str) -> None:
        if SAYS_SOMETHING.search(text):
            self.lines.append(text)
