"""What a voice is given. Expected readings: 常用漢字表 付表, the pack, and what an author wrote."""

import pytest

from madoguchi.kernel.language.public import as_read

PACK = (("方", "かた"), ("例示市", "れいじし"), ("新しい方", "あたらしいほう"))


@pytest.mark.parametrize(
    ("written", "given"),
    [
        ("届け出る方は窓口へ", "届け出るカタは窓口へ"),
        ("方法", "方法"),
        ("例示市の新しい方", "レイジシのアタラシイホウ"),
        ("電話(でんわ)で 聞(き)く", "電話で 聞く"),  # as the dictionary has it, which knows the accent, too
        ("今日(こんにち)の市", "コンニチの市"),
        ("例示市(れいじし)の方(ほう)", "レイジシの方"),  # the voice says ホウ of itself
        ("午前（8時）", "午前（8時）"),
    ],
)
def test_only_what_we_know_better_stands_as_it_sounds(written, given):
    assert as_read(written, PACK) == given


def test_a_long_text_is_given_without_the_readings_of_its_author():
    assert as_read("字(じ)" * 20_000, PACK) == "字" * 20_000
