"""Every way to type an address leads to the register's, or to nothing.

The office of the city in the first table is at 緑町2丁目2番28号 (its page 1032219, 住居表示制度).
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from madoguchi.lib.address import Place, Town, _kanji, _value, suggest

CITY = Place(
    "架空県",
    "例示市",
    (
        Town("緑町", 3, by_blocks=True),
        Town("境", 5, by_blocks=True),
        Town("境南町", 5, by_blocks=True),
        Town("長町", 12, by_blocks=True),
        Town("例示", 5, by_blocks=False),
        Town("字原", 0, by_blocks=False),
    ),
)
OFFICE = "架空県例示市緑町二丁目2番28号"


@pytest.mark.parametrize(
    "typed",
    [
        "架空県例示市緑町2丁目2番28号",
        "架空県例示市緑町２丁目２番２８号",
        "例示市緑町2-2-28",
        "緑町２－２－２８",
        "緑町2‐2‐28",
        "緑町2−2−28",
        "緑町2ー2ー28",
        "緑町二丁目二番二十八号",
        "緑町二丁目二番二八号",
        "緑町2の2の28",
        "緑町二ノ二ノ二十八",
        "緑町2丁目2-28",
        "緑町2丁目2番地28",
        "緑町2丁目2番地の28",
        "緑町 2丁目 2番 28号",
        "架空県 例示市　緑町２丁目２－２８",
        " 例示市緑町2-2-28 ",
    ],
)
def test_every_way_to_write_it_converges(typed):
    assert suggest(typed, CITY) == OFFICE


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("緑町2-2-28 見本荘１０１", f"{OFFICE} 見本荘１０１"),
        ("緑町2丁目2番28号　𠮷例葛󠄀ビル3階", f"{OFFICE} 𠮷例葛󠄀ビル3階"),
        ("緑町2-2-28見本荘", f"{OFFICE} 見本荘"),
        ("緑町2丁目2番　三井ビル", "架空県例示市緑町二丁目2番 三井ビル"),
        ("緑町2-2-28三井ビル", f"{OFFICE} 三井ビル"),
        ("境2-3-4", "架空県例示市境二丁目3番4号"),
        ("境南町2-3-4", "架空県例示市境南町二丁目3番4号"),
        ("長町十二丁目1-1", "架空県例示市長町十二丁目1番1号"),
        ("緑町1丁目5番", "架空県例示市緑町一丁目5番"),
        ("例示5-1-2", "架空県例示市例示五丁目1番地の2"),
        ("例示五丁目1番地", "架空県例示市例示五丁目1番地"),
        ("字原123-4", "架空県例示市字原123番地の4"),
        ("緑町三丁目百二番三号", "架空県例示市緑町三丁目102番3号"),
    ],
)
def test_towns_buildings_and_lots(typed, expected):
    assert suggest(typed, CITY) == expected


@pytest.mark.parametrize(
    "typed",
    [
        OFFICE,  # stands so already
        "",
        "緑町",
        "緑町2丁目",  # a block is missing
        "緑町4-1-1",  # there is no fourth 丁目
        "緑町0-1-1",
        "緑町2-0-1",
        "緑町2-2-28-305",  # a room, or a slip?
        "緑町2-2-28号室",
        "緑町2-2 28",
        "よその市緑町2-2-28",
        "別の県例示市緑町2-2-28",
        "桃町1-1-1",
        "Midoricho 2-2-28",
        "緑町2丁目2番28号 101",
        "緑町2丁目2番のとなり-3",
    ],
)
def test_what_cannot_be_told_for_sure_gets_no_suggestion(typed):
    assert suggest(typed, CITY) is None


@settings(deadline=None)
@given(
    st.text(alphabet="例示市緑町境南字原丁目番地号のノ-－ー0123４５一二十百 　棟A󠄀𠮷", max_size=30)
    | st.text(max_size=30)
)
def test_no_text_breaks_it_and_a_suggestion_is_final(typed):
    suggestion = suggest(typed, CITY)
    if suggestion is not None:
        assert suggest(suggestion, CITY) is None


@settings(deadline=None)
@given(st.integers(1, 99))
def test_a_number_in_kanji_reads_back(number):
    assert _value(_kanji(number)) == number


@given(st.integers(1, 3), st.integers(1, 99), st.integers(1, 99))
def test_digits_and_kanji_lead_to_the_same_address(chome, block, house):
    plain = suggest(f"緑町{chome}-{block}-{house}", CITY)
    assert plain == f"架空県例示市緑町{_kanji(chome)}丁目{block}番{house}号"
    assert suggest(f"緑町{_kanji(chome)}丁目{_kanji(block)}番{_kanji(house)}号", CITY) == plain
