"""A city adds a language by data alone: a message file and texts in its pack, no line of code.

The words are from Korea's standard dictionary (표준국어대사전): 언어 language, 주민 resident.
"""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.utils import translation

from madoguchi.kernel.citydata.pack import load
from madoguchi.kernel.citydata.testing import apply_pack
from madoguchi.project import words
from madoguchi.project.languages import languages
from madoguchi.ui.templatetags.face import wareki, wareki_short, yen

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "madoguchi"
NAME = "en: Copy of the resident record (住民票の写し)}"


@pytest.fixture
def pack(tmp_path):
    copied = tmp_path / "city"
    shutil.copytree(ROOT / "cities" / "example", copied)
    return copied


def say(pack: Path, *said: tuple[str, str]) -> None:
    file = words.add(SOURCE, pack, "ko")
    text = file.read_text(encoding="utf-8")
    for japanese, korean in said:
        text = text.replace(f'msgid "{japanese}"\nmsgstr ""', f'msgid "{japanese}"\nmsgstr "{korean}"')
    file.write_text(text, encoding="utf-8")
    words.compile_all(pack)


def name_in_korean(pack: Path) -> None:
    procedure = pack / "procedures" / "resident-record-copy.yaml"
    text = procedure.read_text(encoding="utf-8")
    procedure.write_text(text.replace(NAME, NAME[:-1] + ", ko: 주민 사본}"), encoding="utf-8")


def test_a_city_speaks_another_language(db, pack):
    say(pack, ("言語", "언어"))
    name_in_korean(pack)
    assert languages(pack)[3:] == [("ko", "한국어")]
    with override_settings(LANGUAGES=languages(pack), LOCALE_PATHS=[pack / "locale"], CITY_PACK=pack):
        assert load(pack).problems == []
        apply_pack(pack)
        page = Client().get("/procedures/resident-record-copy/", headers={"Accept-Language": "ko"}).content.decode()
        overview = Client().get("/plan/", headers={"Accept-Language": "ko"})
    assert '<html lang="ko">' in page
    assert "<h1>주민 사본</h1>" in page
    assert "<span>언어</span>" in page
    assert 'lang="ko" aria-current="true">한국어</a>' in page
    assert '<span lang="ja">' in page  # what has no Korean yet is Japanese, and says so
    assert "ふりがな" not in page
    assert overview.status_code == 200


def test_days_are_written_as_the_language_writes_them():
    with override_settings(LANGUAGES=[("ja", ""), ("ja-easy", ""), ("en", ""), ("ko", "")]), translation.override("ko"):
        assert wareki(date(2026, 11, 29)) == "2026년 11월 29일"  # Unicode CLDR 48, ko: the long date
        assert wareki_short(date(2026, 11, 29)) == "2026-11-29"  # KS X ISO 8601
        assert yen(1200) == "¥1,200"


def test_what_has_no_words_yet_is_listed(pack):
    say(pack, ("言語", "언어"))
    lacking = [line for line in words.missing(SOURCE, pack) if line.startswith("city ko: ")]
    assert "city ko: 画面とお知らせのことば" in lacking
    assert "city ko: 言語" not in lacking


def test_a_text_in_a_language_without_message_file_is_a_mistake_of_the_pack(pack):
    name_in_korean(pack)
    (problem,) = load(pack).problems
    assert "resident-record-copy.yaml" in str(problem)
    assert "no language 'ko' here" in str(problem)
