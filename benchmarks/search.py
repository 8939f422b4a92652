"""`python -m benchmarks.search`: finding and suggesting among many texts. SEARCH_TEXTS says how many (20,000).

The texts are made: titles and sentences of a city office put together at random, the common ones far more often (Zipf).
Every question is answered as the page answers it, permissions, order and marks included. One database a process.
"""

import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from itertools import accumulate, islice

from benchmarks.room import own_room

TEXTS = int(os.environ.get("SEARCH_TEXTS", "20000"))
BATCH = 2000
QUESTIONS = 400
TITLES, SENTENCES = 50_000, 20_000
WHAT = """
住民票 戸籍 印鑑 税 保険 年金 手当 医療費 予防接種 健診 保育園 学童 小学校 中学校 給食 図書館 公民館 体育館 公園 道路
下水道 水道 ごみ 粗大ごみ 資源 自転車 駐輪場 バス 住宅 空き家 耐震 防災 避難所 消防 介護 障害者 高齢者 子ども ひとり親
国民健康保険 後期高齢者医療 児童扶養手当 マイナンバーカード 犬 猫 緑地 農地 商店街 観光 文化財 国際交流 選挙 議会 広報
情報公開 個人情報 契約 入札 統計 人口 予算 生活
""".split()  # noqa: SIM905
OF_IT = """
申請 届出 証明 更新 再交付 変更 廃止 減免 免除 助成 相談 予約 利用 登録 講座 説明会 工事 計画 条例 審議会 募集
""".split()  # noqa: SIM905
TOWNS = ("本町", "東町", "西町", "南町", "北町", "中町", "緑町", "桜堤")
WHERE = [f"{town}{number}丁目" for town in TOWNS for number in range(1, 9)]
SAID = (
    "{where}で{what}の{of_it}を受け付けています。",
    "{what}の{of_it}には本人確認書類が必要です。",
    "{of_it}は{month}月{day}日までに{what}の担当へお出しください。",
    "{where}の{what}について{of_it}を行います。",
    "{month}月から{what}の{of_it}が変わります。",
    "引っ越した方は{what}の{of_it}もお忘れなく。",
    "こどものいる家庭には{what}の{of_it}があります。",
)  # fmt: skip
READINGS = (
    "じゅうみんひょう",
    "こせき",
    "いんかん",
    "ねんきん",
    "そだいごみ",
    "ほいくえん",
    "としょかん",
    "ひっこし",
    "gomi",
)
SLIPS = (
    "住民標",
    "こくみんけんこうほけmん",
    "マイナンバカード",
    "じゅうみんひよ",
    "児童扶養手宛",
    "せいじんしき",
    "ぷぺぽぽぽ",
)


def texts(draw: random.Random) -> tuple[list[frozenset[str]], list[tuple[str, frozenset[str]]]]:
    """Tokens of the sentences; titles with theirs."""
    from madoguchi.kernel.search.tokens import of_names, of_text

    def parts() -> dict[str, object]:
        return {
            "what": draw.choice(WHAT), "of_it": draw.choice(OF_IT), "where": draw.choice(WHERE),
            "month": draw.randint(1, 12), "day": draw.randint(1, 28),
        }  # fmt: skip

    sentences = [frozenset(of_text(draw.choice(SAID).format(**parts()))) for _ in range(SENTENCES)]
    names = ["{what}の{of_it}（{where}・第{day}回{month}）".format(**parts()) for _ in range(TITLES)]
    return sentences, [(name, frozenset(of_names([name]))) for name in names]


def fill() -> None:
    from madoguchi.kernel.search.index import access_label
    from madoguchi.kernel.search.models import Indexed
    from madoguchi.kernel.search.tokens import label

    draw = random.Random(1)
    sentences, titles = texts(draw)
    zipf = list(accumulate(1 / rank for rank in range(1, SENTENCES + 1)))
    frame = {label("k", "measure"), access_label("", "")}

    def rows() -> Iterator[Indexed]:
        for number in range(TEXTS):
            name, tokens = titles[draw.randrange(TITLES)]
            held = frame.union(tokens, *draw.choices(sentences, cum_weights=zipf, k=3))
            words = {"title": {"ja": name}, "summary": {"ja": "受付の日時と持ち物をご案内します。"}}
            yield Indexed(kind="measure", key=f"t{number}", url="/", words=words, tokens=" ".join(held), digest="")

    making = rows()
    while batch := list(islice(making, BATCH)):
        Indexed.objects.bulk_create(batch)


def questions(draw: random.Random) -> list[str]:
    """One word, two words, a compound, a reading, a slip, a sentence; as they come."""
    kinds: list[Callable[[], str]] = [
        lambda: draw.choice(WHAT),
        lambda: f"{draw.choice(WHAT)} {draw.choice(OF_IT)}",
        lambda: draw.choice(WHAT) + draw.choice(OF_IT),
        lambda: f"{draw.choice(WHERE)} {draw.choice(WHAT)}",
        lambda: draw.choice(READINGS),
        lambda: draw.choice(SLIPS),
        lambda: f"{draw.choice(WHAT)}の{draw.choice(OF_IT)}はどこでできますか",
    ]
    return [draw.choice(kinds)() for _ in range(QUESTIONS)]


def timed(label: str, asked: list[str], answer: Callable[[str], object]) -> None:
    for text in asked[:20]:
        answer(text)
    times = []
    for text in asked:
        begin = time.perf_counter()
        answer(text)
        times.append((1000 * (time.perf_counter() - begin), text))
    times.sort()
    figures = [found for found, _ in times]
    print(
        f"{label:<10} median {statistics.median(figures):6.1f} ms   p95 {figures[int(0.95 * len(figures))]:6.1f} ms"
        f"   worst {figures[-1]:6.1f} ms ({times[-1][1]})"
    )


def measure() -> None:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    from madoguchi.kernel.citydata.testing import apply_pack
    from madoguchi.kernel.search.public import find, suggest

    call_command("migrate", verbosity=0)
    apply_pack(settings.CITY_PACK)
    begin = time.perf_counter()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # as a restore does: rows first, then the index
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_tokens'")
            (definition,) = cursor.fetchone()
            cursor.execute("DROP INDEX search_tokens")
            fill()
            cursor.execute("SET maintenance_work_mem = '1GB'")
            cursor.execute(definition)
            cursor.execute("VACUUM ANALYZE search_indexed")
        else:
            fill()
    print(f"── search: {TEXTS:,} texts, {connection.vendor}, filled in {time.perf_counter() - begin:.0f} s")
    draw = random.Random(2)
    asked = questions(draw)
    timed("search", asked, lambda text: find(text, person=None).hits[:20])
    typed = [text[: draw.randint(1, 5)] for text in asked]
    timed("suggest", typed, lambda text: suggest(text, person=None)[:])


if __name__ == "__main__":
    with own_room():
        measure()
