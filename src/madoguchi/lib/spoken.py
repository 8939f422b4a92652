"""What is written, as a voice should say it: 〒180-8777, 8:30〜17:15, 0422-51-5131, R6.4.1, 20歳.

Only what a speech engine says wrong or not at all; it reads numbers with counters, money and days of a month by itself.
Parts that have to sound in one way stand in katakana afterwards: behind kana of the other kind は and へ are not heard
as particles.
"""

import re
import unicodedata

_DIGITS = str.maketrans(
    {
        "0": "ゼロ",
        "1": "イチ",
        "2": "ニー",
        "3": "サン",
        "4": "ヨン",
        "5": "ゴー",
        "6": "ロク",
        "7": "ナナ",
        "8": "ハチ",
        "9": "キュー",
    }
)
_ERAS = {"M": "明治", "T": "大正", "S": "昭和", "H": "平成", "R": "令和"}
_ADDRESS = str.maketrans({"@": "アットマーク", ".": "ドット", "-": "ハイフン", "_": "アンダーバー"})
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ．，：％＋＠＆（）￥／]")
_DAY = "月火水木金土日"
_UNIT = "年度|年|月|日間|日|時間|時|分|円|人|件|歳|才|回|枚|週間|か月|%|階|号|番"
_AMOUNT = rf"(?:令和|平成|昭和)?(?:[0-9元][0-9,.]*+(?:{_UNIT})?(?:\([{_DAY}](?:[・、]祝)?\))?)++"
_MOMENT = "(?<=[年度月日時分)])"  # of other amounts, as of 3〜5日, only the beginning is named

_RULES: list[tuple[str, str]] = [
    (r"https?://[\w./?=&%#~:;+,@!$'*()-]+", "ウェブアドレス"),
    # 令和6(2024)年度; R6.4.1; R6年; 2024-04-01
    (r"(令和|平成|昭和)(\d+|元)\((\d{4})\)(年度|年)", r"\1\2\4、\3\4、"),
    (r"(?<!\d)(\d{4})([-/.])(1[0-2]|0?[1-9])\2(3[01]|[12]\d|0?[1-9])(?!\d)", r"\1年\3月\4日"),
    (r"(?<![\d:])([01]?\d|2[0-4]):00(?![\d:])", r"\1時"),
    (r"(?<![\d:])([01]?\d|2[0-4]):([0-5]\d)(?![\d:])", r"\1時\2分"),
    (r"(?<=[年月日時])0(?=\d[月日分])", ""),
    (rf"(?<![一-鿿])([{_DAY}])(?:曜日?)?〜([{_DAY}])(?:曜日?)?(?![一-鿿])", r"\1曜日から\2曜日まで"),
    (rf"({_AMOUNT}){_MOMENT}〜({_AMOUNT})(?!まで|以|未満|程度|ほど|くらい|ごろ|頃)", r"\1から\2まで"),
    (rf"(?<![\w)])〜({_AMOUNT})(?!まで)", r"\1まで"),
    (r"〜", "から"),
    (rf"(?<=日)\(([{_DAY}])[・、]祝\)", r"、\1曜日、祝日"),
    (r"まで(?:まで)+", "まで"),
    (r"¥(\d[\d,]*)", r"\1円"),
    (r"(?<!\d)20[歳才](?!代)", "二十歳"),
    (r"(?<![\w.])[-−▲△](?=\d)", "マイナス"),
    (r"(?<=\d)-(?=\d)", "の"),
    (r"(?<=\d)[×✕](?=\d)", "かける"),
    (r"(?<![〇一二三四五六七八九十])[〇○◯](?![〇一二三四五六七八九十])", "マル"),
    (r"[×✕]", "バツ"),
    (r"◎", "ニジュウマル"),
    (r"△", "サンカク"),
    (r"^[-−―—–]$", "なし"),
    (r"※", "注、"),
    (r"㎡", "平方メートル"),
    (r"㎥", "立方メートル"),
    (r"㎞", "キロメートル"),
    (r"㎝", "センチメートル"),
    (r"㎜", "ミリメートル"),
    (r"㎏", "キログラム"),
    (r"№", "ナンバー"),
    (r"㈱", "株式会社"),
    (r"\bTEL\b", "電話"),
    (r"(?<=[ぁ-鿿])[/:](?=\S)|[→⇒…]+", "、"),
    (r"[★☆◆◇■□▶►●・](?=\s|$)|[★☆◆◇■□▶►●]", ""),
]
_COMPILED = [(re.compile(pattern), said) for pattern, said in _RULES]
_MAIL = re.compile(r"[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+[A-Za-z0-9]")
_POSTAL = re.compile(r"〒\s?(\d{3})-?(\d{4})")
_PHONE = re.compile(r"(?<![\d-])\(?(0\d{1,4})[-)]\s?(\d{1,4})-(\d{3,4})(?![\d-])")
_ERA = re.compile(r"(?<![A-Za-z])([MTSHR])(\d{1,2}|元)(?:\.(\d{1,2})\.(\d{1,2})(?!\d)|(?=年))")


def spoken(text: str) -> str:
    """`text` with its signs and figures in words."""
    said = _WIDE.sub(lambda one: unicodedata.normalize("NFKC", one[0]), text)
    said = re.sub("[～~](?=[^/]|$)", "〜", said)
    said = _MAIL.sub(lambda one: one[0].translate(_ADDRESS), said)
    said = _POSTAL.sub(lambda one: f"郵便番号、{_one_by_one(one[1], one[2])}、", said)
    said = _PHONE.sub(lambda one: _one_by_one(*one.groups()), said)
    said = _ERA.sub(_era, said)
    for pattern, words in _COMPILED:
        said = pattern.sub(words, said)
    return said


def _one_by_one(*groups: str) -> str:
    """Digits of a number that counts nothing, as they are dictated: 0422-51 ゼロヨンニーニーの、ゴーイチ."""
    return "の、".join(group.translate(_DIGITS) for group in groups)


def _era(found: re.Match[str]) -> str:
    era = _ERAS[found[1]] + found[2]
    return f"{era}年{int(found[3])}月{int(found[4])}日" if found[3] else era
