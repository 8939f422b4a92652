"""The real engine, in processes of their own: what is heard of what is written, and a sound a browser can play.

Expected readings: 常用漢字表 付表, NHK's way of reading numbers, the example pack. ー stands for every long vowel.
"""

import json
import subprocess
import sys

import pytest

from madoguchi.kernel.language.public import as_read
from madoguchi.kernel.speech import engine
from madoguchi.lib.spoken import spoken

PACK = (("例示市", "れいじし"), ("方", "かた"), ("父母", "ふぼ"))
HEARD = {
    "20歳以上の方は": "ハタチイジョーノカタワ",
    "例示市へ": "レイジシエ",
    "〒180-8777": "ユービンバンゴー、イチハチゼロノ、ハチナナナナナナ、",
    "0422-51-5131": "ゼロヨンニーニーノ、ゴーイチノ、ゴーイチサンイチ",
    "8:30〜17:15": "ハチジサンジュップンカラジューシチジジューゴフンマデ",
    "令和元年5月1日": "レーワガンネンゴガツツイタチ",
    "11月20日（金）": "ジューイチガツハツカキンヨービ",
    "1,200円": "センニヒャクエン",
    "3本と300本": "サンボントサンビャッポン",
    "4分、10分": "ヨンプン、ジュップン",
    "一人、2人、3人": "ヒトリ、フタリ、サンニン",
    "50%": "ゴジュッパーセント",
    "100㎡": "ヒャクヘーホーメートル",
    "電話(でんわ)を かける": "デンワヲカケル",
    "父母(ちちはは)": "チチハハ",
}
LISTEN = "import json,sys,pyopenjtalk as v; print(json.dumps([v.g2p(x, kana=True) for x in json.load(sys.stdin)]))"


def test_what_is_written_is_heard_as_people_say_it():
    given = json.dumps([spoken(as_read(text, PACK)) for text in HEARD])
    done = subprocess.run([sys.executable, "-c", LISTEN], input=given, capture_output=True, text=True, check=True)
    assert dict(zip(HEARD, json.loads(done.stdout.splitlines()[-1]), strict=True)) == HEARD


def test_it_speaks_mp3_about_as_fast_as_people_read():
    text = "市役所の窓口で、転入届を出すときに必要なものをご案内します。"  # 40 morae; announcers say 7 to 9 a second
    made = engine.speak([text, "※", text])
    assert made.content[:1] == b"\xff"
    assert made.content[1] & 0xE0 == 0xE0  # the sync word of an MPEG frame
    assert 8 <= made.seconds <= 18
    assert 3_500 <= len(made.content) / made.seconds <= 4_500  # 32 kbit/s
    slower = engine.speak([text, "※", text], pace=0.8)
    assert slower.seconds > made.seconds


def test_an_engine_that_breaks_is_told(monkeypatch, tmp_path):
    broken = tmp_path / "speaking.py"
    broken.write_text("raise MemoryError")
    monkeypatch.setattr(engine, "_PROGRAM", broken)
    with pytest.raises(engine.CannotSpeak):
        engine.speak(["文"])


def test_sentences_are_short_enough_to_be_said():
    assert engine.sentences("始めます。どうぞ！") == ["始めます。", "どうぞ！"]
    parts = engine.sentences("あ" * 150 + "、" + "い" * 300)
    assert [len(part) for part in parts] == [151, 200, 100]
