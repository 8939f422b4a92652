"""Readings from the tables named in the module, and from 常用漢字表 付表 (一日, 一人, 二人, 二十歳, 二日, 二十日)."""

import pytest

from madoguchi.lib.counters import COUNTED, sound


@pytest.mark.parametrize(
    ("number", "counter", "reading", "whole"),
    [
        (2, "日", "ふつか", True),
        (3, "日", "みっか", True),
        (8, "日", "ようか", True),
        (10, "日", "とおか", True),
        (11, "日", "にち", False),
        (14, "日", "じゅうよっか", True),
        (20, "日", "はつか", True),
        (24, "日", "にじゅうよっか", True),
        (29, "日", "にち", False),
        (3, "日間", "みっかかん", True),
        (2, "日前", "ふつかまえ", True),
        (1, "日前", "にちまえ", False),
        (1, "人", "ひとり", True),
        (2, "人", "ふたり", True),
        (3, "人", "にん", False),
        (12, "人", "にん", False),
        (20, "歳", "はたち", True),
        (18, "歳", "さい", False),
        (11, "月", "がつ", False),
        (8, "年", "ねん", False),
        (1, "本", "ぽん", False),
        (2, "本", "ほん", False),
        (3, "本", "ぼん", False),
        (6, "本", "ぽん", False),
        (7, "本", "ほん", False),
        (10, "本", "ぽん", False),
        (13, "本", "ぼん", False),
        (100, "本", "ぽん", False),
        (1000, "本", "ぼん", False),
        (3, "分", "ぷん", False),
        (4, "分", "ぷん", False),
        (5, "分", "ふん", False),
        (10, "分", "ぷん", False),
        (2, "階", "かい", False),
        (3, "階", "がい", False),
        (300, "円", "えん", False),
    ],
)
def test_a_counter_sounds_after_its_number(number, counter, reading, whole):
    found = sound(number, counter)
    assert (found.reading, found.whole) == (reading, whole)


def test_the_first_of_a_month_is_no_single_day():
    assert sound(1, "日", in_date=True).reading == "ついたち"
    assert sound(1, "日").reading == "にち"


def test_the_longer_counter_is_meant():
    assert COUNTED.search("令和8年度")["counter"] == "年度"
    assert COUNTED.search("1,200千円")["counter"] == "千円"
