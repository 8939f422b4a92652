"""`madoguchi words check` sees what is hard to read; that nothing of ours is, `make check` says."""

from datetime import date
from pathlib import Path

from madoguchi.kernel.citydata.pack import load
from madoguchi.kernel.language.public import rules_of
from madoguchi.project import words


def test_a_hard_text_is_named_with_its_place(root: Path, tmp_path: Path):
    pack = load(root / "cities" / "example")
    rules = rules_of({(one.collection.kind, one.body.key): one.body for one in pack.records}, date(2026, 11, 29))
    file = tmp_path / "portal/locale/ja_Easy/LC_MESSAGES/django.po"
    file.parent.mkdir(parents=True)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    file.write_text(head + 'msgid "a"\nmsgstr "%(day)sまでに 申請(しんせい)"\n', encoding="utf-8")
    (found,) = words.hard(tmp_path, pack, rules)
    assert found.startswith("portal/locale: '%(day)sまでに 申請(しんせい)': 「申請」")
