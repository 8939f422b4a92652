"""Months, fiscal years and half-years in the words of the page: eras in Japanese, western years elsewhere.

やさしい日本語 counts in western years (在留支援のためのやさしい日本語ガイドライン).
"""

from datetime import date

from django.utils.formats import date_format

from madoguchi.lib import wareki
from madoguchi.lib.halfyear import HalfYear
from madoguchi.ui.words import active_register

HALVES_EASY = {1: "前半(ぜんはん)", 2: "後半(こうはん)"}


def fiscal_year(year: int) -> str:
    """令和2年度, 2020年度(ねんど), FY2020."""
    match active_register():
        case "ja":
            return wareki.fiscal_year_label(year)
        case "ja-easy":
            return f"{year}年度(ねんど)"
        case _:
            return f"FY{year}"


def half_year(half: HalfYear) -> str:
    """令和2年度上半期, 2020年度(ねんど) 前半(ぜんはん), First half of FY2020."""
    match active_register():
        case "ja":
            return half.label
        case "ja-easy":
            return f"{fiscal_year(half.year)} {HALVES_EASY[half.half]}"
        case _:
            return half.label_en


def month(text: str) -> str:
    """2021-07 as 令和3年7月, 2021年7月, Jul 2021."""
    first = date.fromisoformat(f"{text}-01")
    match active_register():
        case "ja":
            return f"{wareki.year(first)}{first.month}月"
        case "ja-easy":
            return f"{first.year}年{first.month}月"
        case "en":
            return f"{first:%b %Y}"
        case _:
            return date_format(first, "YEAR_MONTH_FORMAT")
