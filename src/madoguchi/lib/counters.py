"""How dates and what is counted sound: 3本 さんぼん, 14日 じゅうよっか, 2人 ふたり. A dictionary reads each part alone.

Source: the tables of Japanese numbers in https://www.tohoho-web.com/ot/numbers-japanese.html (days) and of the は row,
of 階 and of the months in https://blog.goo.ne.jp/gooblgabe/ (2011–12).
"""

import re
from dataclasses import dataclass

DAYS = {
    1: "ついたち",
    2: "ふつか",
    3: "みっか",
    4: "よっか",
    5: "いつか",
    6: "むいか",
    7: "なのか",
    8: "ようか",
    9: "ここのか",
    10: "とおか",
    14: "じゅうよっか",
    20: "はつか",
    24: "にじゅうよっか",
}
DAY_TAILS = {"日": "", "日間": "かん", "日前": "まえ", "日後": "ご", "日目": "め"}
PEOPLE = {1: "ひとり", 2: "ふたり"}
REGULAR = {
    "年": "ねん",
    "年度": "ねんど",
    "年間": "ねんかん",
    "月": "がつ",
    "か月": "かげつ",
    "カ月": "かげつ",
    "ヶ月": "かげつ",
    "週間": "しゅうかん",
    "時": "じ",
    "時間": "じかん",
    "秒": "びょう",
    "人": "にん",
    "名": "めい",
    "歳": "さい",
    "才": "さい",
    "枚": "まい",
    "通": "つう",
    "冊": "さつ",
    "台": "だい",
    "個": "こ",
    "件": "けん",
    "回": "かい",
    "円": "えん",
    "千円": "せんえん",
    "万円": "まんえん",
    "億円": "おくえん",
    "号": "ごう",
    "番": "ばん",
    "番地": "ばんち",
    "丁目": "ちょうめ",
    "条": "じょう",
    "項": "こう",
    "点": "てん",
    "度": "ど",
    "倍": "ばい",
    "割": "わり",
    "校": "こう",
    "戸": "こ",
    "世帯": "せたい",
    "文字": "もじ",
    "半期": "はんき",
}
# The last number that is said: ones, ten 10, hundred 100, thousand 1000, ten thousand 10000.
HARD = {1, 6, 8, 10, 100}
SOFT = {3, 1000, 10000}
CHANGING = {
    "本": ("ほん", HARD, "ぽん", SOFT, "ぼん"),
    "匹": ("ひき", HARD, "ぴき", SOFT, "びき"),
    "杯": ("はい", HARD, "ぱい", SOFT, "ばい"),
    "票": ("ひょう", HARD, "ぴょう", SOFT, "びょう"),
    "分": ("ふん", HARD | SOFT | {4}, "ぷん", set[int](), ""),
    "分間": ("ふんかん", HARD | SOFT | {4}, "ぷんかん", set[int](), ""),
    "泊": ("はく", HARD | SOFT | {4}, "ぱく", set[int](), ""),
    "階": ("かい", set[int](), "", SOFT, "がい"),
    "軒": ("けん", set[int](), "", SOFT, "げん"),
}
COUNTERS = sorted([*DAY_TAILS, *REGULAR, *CHANGING], key=len, reverse=True)
COUNTED = re.compile(rf"(?P<number>[0-9０-９][0-9０-９,，]{{0,14}})(?P<counter>{'|'.join(COUNTERS)})")

WEEKDAYS = {"月": "げつ", "火": "か", "水": "すい", "木": "もく", "金": "きん", "土": "ど", "日": "にち"}
WEEKDAY = re.compile(f"(?<=[（(])[{''.join(WEEKDAYS)}](?=[）)])")  # as dates have it: 11月29日（日）


@dataclass(frozen=True)
class Sound:
    """A reading that belongs above the counter, or (`whole`) above number and counter together."""

    reading: str
    whole: bool = False


def sound(number: int, counter: str, *, in_date: bool = False) -> Sound:
    """How `counter` sounds after `number`. `in_date`: a day of a month, whose first is ついたち.

    Raises: KeyError for a word that is no counter.
    """
    if counter in DAY_TAILS:
        tail = DAY_TAILS[counter]
        is_regular = number not in DAYS or (number == 1 and (tail or not in_date))
        return Sound("にち" + tail) if is_regular else Sound(DAYS[number] + tail, whole=True)
    if counter == "人" and number in PEOPLE:
        return Sound(PEOPLE[number], whole=True)
    if counter in {"歳", "才"} and number == 20:
        return Sound("はたち", whole=True)
    if counter in REGULAR:
        return Sound(REGULAR[counter])
    plain, hard, hardened, soft, softened = CHANGING[counter]
    last = _last_said(number)
    return Sound(hardened if last in hard else softened if last in soft else plain)


def _last_said(number: int) -> int:
    """The part of a number that is said last: 13 → 3, 20 → 10, 300 → 100."""
    if number % 10 or not number:
        return number % 10
    for part in (10000, 1000, 100):
        if number % part == 0:
            return part
    return 10
