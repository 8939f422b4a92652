"""The message files: one folder `locale` an app, two registers beside the Japanese source (やさしい日本語, English).

A city adds a language in one file of its pack, `locale/ko/LC_MESSAGES/django.po`, which holds the texts of all apps.
Extraction, merging and compiling are Babel's, so that no gettext tools are needed on the machine.
Staff pages speak Japanese only: templates that begin with `staff_` and modules named `staff_*` are left out.
"""

import ast
import io
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from madoguchi.kernel.citydata.pack import Pack
from madoguchi.kernel.language.public import texts
from madoguchi.lib.easy import Rules, findings

REGISTERS = ("ja_Easy", "en")
FILLED_IN = re.compile(r"%\(\w+\)\d*[sd]|\{\w+\}|<[^>]*>|%%")  # what stands in a text for a value, or as markup
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "ngettext": (1, 2), "ngettext_lazy": (1, 2)}


def message_files(source: Path) -> Iterator[Path]:
    yield from sorted(source.rglob("locale/*/LC_MESSAGES/django.po"))


def compile_all(source: Path) -> int:
    """Write every `.mo` that is older than its `.po`; how many."""
    written = 0
    for path in message_files(source):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < path.stat().st_mtime_ns:
            with target.open("wb") as file:
                write_mo(file, _read(path))
            written += 1
    return written


def missing(source: Path, pack: Path) -> list[str]:
    """Every resident-facing text without its words in a register, as `app register: text`."""
    found = []
    for app in _apps(source):
        texts = _texts(app)
        for register in REGISTERS if texts else ():
            lacking = _without_words(_read(_path(app, register)), texts)
            found += [f"{app.relative_to(source)} {register}: {text}" for text in lacking]
    added = list(message_files(pack))
    everything = _all_texts(source) if added else []
    for path in added:
        lacking = _without_words(_read(path), everything)
        found += [f"{pack.name} {path.parts[-3]}: {text}" for text in lacking]
    return found


def _without_words(catalog: Catalog, texts: Iterable[Message]) -> Iterator[object]:
    for text in texts:
        message = catalog.get(text.id)
        if message is None or not message.string or message.fuzzy or message.string == ("", ""):
            yield text.id


def hard(source: Path, pack: Pack, rules: Rules) -> list[str]:
    """What is hard to read in our own やさしい日本語 and in the pack's, as `place: text: the part: what to do`."""
    found = []
    for path in sorted(source.rglob("locale/ja_Easy/LC_MESSAGES/django.po")):
        for message in _read(path):
            if message.id:
                found += _hard(path.relative_to(source).parts[:-3], message.string, rules)
    for place, text in _in_code(source):
        found += _hard((place,), text, rules)
    for loaded in pack.records:
        for text in texts(loaded.body):
            found += _hard((pack.directory.name, loaded.path, loaded.body.key), text, rules)
    return found


def _in_code(source: Path) -> Iterator[tuple[str, str]]:
    """Texts written beside their code, as in manifests: `LocalText(ja=…, easy=…)`."""
    for path in sorted(source.rglob("*.py")):
        if "tests" not in path.parts:
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.keyword) and node.arg == "easy" and isinstance(node.value, ast.Constant):
                    yield path.relative_to(source).as_posix(), str(node.value.value)


def _hard(place: tuple[str, ...], said: str | tuple[str, ...], rules: Rules) -> Iterator[str]:
    for text in said if isinstance(said, tuple) else (said,):
        plain = FILLED_IN.sub(lambda gap: " " * len(gap[0]), text)
        for one in findings(plain, rules):
            yield f"{'/'.join(place)}: {text!r}: 「{text[one.begin : one.end]}」{one.advice}"


def update(source: Path, pack: Path) -> list[Path]:
    """Bring the message files up to date with the texts: new ones empty, old ones gone; the files written."""
    written = []
    for app in _apps(source):
        texts = _texts(app)
        for register in REGISTERS if texts else ():
            written.append(_update(_path(app, register), "en" if register == "en" else "ja", texts))
    added = list(message_files(pack))
    everything = _all_texts(source) if added else []
    written += [_update(path, path.parts[-3], everything) for path in added]
    return written


def add(source: Path, pack: Path, language: str) -> Path:
    """The message file of a language that the city adds, `ko` or `zh_Hans`, still without words."""
    return _update(pack / "locale" / language / "LC_MESSAGES" / "django.po", language, _all_texts(source))


def _update(path: Path, locale: str, texts: Iterable[Message]) -> Path:
    old, new = _read(path), Catalog(locale=locale, charset="utf-8", fuzzy=False)
    new.creation_date = old.creation_date  # a file without new texts stays as it is
    for text in texts:
        known = old.get(text.id)
        new.add(text.id, known.string if known else "", flags=known.flags if known else ())
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, new, width=0, omit_header=False, sort_output=True, no_location=True)
    return path


def _apps(source: Path) -> list[Path]:
    return sorted(path.parent for path in source.rglob("apps.py") if "new_service" not in path.parts)


def _path(app: Path, register: str) -> Path:
    return app / "locale" / register / "LC_MESSAGES" / "django.po"


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file, charset="utf-8")


def _texts(app: Path) -> list[Message]:
    """The texts of one app, each once."""
    found: dict[object, Message] = {}
    for path in sorted([*app.rglob("*.py"), *app.rglob("templates/**/*.html"), *app.rglob("templates/**/*.txt")]):
        if path.name.startswith("staff_") or {"tests", "new_service"} & set(path.parts):
            continue
        for text in _extracted(path):
            if text and text != ("", ""):
                found.setdefault(text, Message(text))
    return list(found.values())


def _all_texts(source: Path) -> list[Message]:
    return list({text.id: text for app in _apps(source) for text in _texts(app)}.values())


def _extracted(path: Path) -> Iterator[object]:
    content = path.read_text(encoding="utf-8")
    method = "python"
    if path.suffix != ".py":
        # Django's own reader turns a template into calls; Babel's JavaScript lexer takes the filler around them calmly.
        content, method = templatize(content), "javascript"
    options = {"encoding": "utf-8"}
    for _line, text, _comments, _context in extract(method, io.BytesIO(content.encode()), KEYWORDS, options=options):
        yield text
