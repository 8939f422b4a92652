"""The survey of 2019 through the code: answers with the printed numbers come out as the printed tables.

Typed from chapter 4 of the plan (表2 to 表15). Only the totals of each question were published, so who gave which
answers together is made up: person 1 to n of each option.
"""

from pathlib import Path

import pytest
from django.apps import apps

from madoguchi.kernel.citydata.testing import load_pack
from madoguchi.services.surveys import analysis, coding, rules, statistics
from madoguchi.services.surveys.data import Data
from madoguchi.services.surveys.models import Coding, Column, Survey, Theme

(CITY,) = [path for path in (Path(__file__).parents[5] / "cities").iterdir() if path.name != "example"]
RETURNED, SENT = 854, 3000

AGES = [21, 110, 146, 147, 153, 104, 169]  # 表2, and 4 did not say
LETTERS = [101, 749, 579, 539, 336, 255, 441]
RATES = [20.8, 14.7, 25.2, 27.3, 45.5, 40.8, 38.3]

MEDIA = [  # 表3
    (310, 36.3), (565, 66.2), (51, 6.0), (36, 4.2), (97, 11.4), (246, 28.8), (19, 2.2),
    (7, 0.8), (28, 3.3), (4, 0.5), (60, 7.0), (3, 0.4), (15, 1.8),
]  # fmt: skip
EFFECTS = [  # 表4
    (693, 81.1), (529, 61.9), (139, 16.3), (230, 26.9), (91, 10.7), (490, 57.4), (328, 38.4),
    (202, 23.7), (231, 27.0), (556, 65.1), (239, 28.0), (25, 2.9), (32, 3.7),
]  # fmt: skip
WANTED = [(292, 34.2), (649, 76.0), (264, 30.9), (345, 40.4)]  # 表14
DETAILED = {  # 表7 to 表13: counts and percents, strongly … other, no answer
    "i1": ([129, 274, 266, 135, 50], [15.1, 32.1, 31.1, 15.8, 5.9]),
    "i2": ([272, 374, 126, 49, 33], [31.9, 43.8, 14.8, 5.7, 3.9]),
    "i3": ([199, 397, 156, 60, 42], [23.3, 46.5, 18.3, 7.0, 4.9]),
    "i9": ([128, 323, 267, 104, 32], [15.0, 37.8, 31.3, 12.2, 3.7]),
    "i11": ([294, 323, 157, 48, 32], [34.4, 37.8, 18.4, 5.6, 3.7]),
    "i13": ([483, 271, 52, 13, 35], [56.6, 31.7, 6.1, 1.5, 4.1]),
    "i18_1": ([351, 307, 122, 35, 39], [41.1, 35.9, 14.3, 4.1, 4.6]),
}
PERCENTS = {  # 表6 in printed order
    "i13": [56.6, 31.7, 6.1, 1.5, 4.1],
    "i18_1": [41.1, 35.9, 14.3, 4.1, 4.6],
    "i2": [31.9, 43.8, 14.8, 5.7, 3.9],
    "i11": [34.4, 37.8, 18.4, 5.6, 3.7],
    "i16": [33.4, 36.1, 20.0, 6.7, 3.9],
    "i3": [23.3, 46.5, 18.3, 7.0, 4.9],
    "i8": [31.1, 32.0, 22.8, 10.1, 4.0],
    "i17": [18.5, 44.4, 24.4, 8.4, 4.3],
    "i4": [25.2, 32.3, 27.3, 11.1, 4.1],
    "i5": [21.4, 38.3, 25.5, 9.8, 4.9],
    "i12": [20.1, 39.8, 25.9, 10.4, 3.7],
    "i9": [15.0, 37.8, 31.3, 12.2, 3.7],
    "i10": [12.9, 41.2, 30.0, 11.7, 4.2],
    "i6": [11.4, 36.8, 34.8, 12.2, 4.9],
    "i1": [15.1, 32.1, 31.1, 15.8, 5.9],
    "i15": [8.0, 29.7, 42.5, 15.1, 4.7],
    "i7": [10.3, 28.1, 34.8, 21.5, 5.3],
    "i14": [5.4, 23.2, 42.0, 24.8, 4.6],
}
REMARKS = [11, 48, 19, 6, 17, 56, 118]  # 表15


@pytest.fixture(scope="module")
def questionnaire():
    (found,) = [item.body for item in load_pack(CITY).records if item.collection.kind == "surveys.questionnaire"]
    return found


def people_counts(percents):
    """How many of 854 a printed percentage stands for; the largest remainder is settled by the printed total."""
    return [round(RETURNED * share / 100) for share in percents]


def answers(questionnaire):
    wants = {key: DETAILED[key][0] if key in DETAILED else people_counts(row) for key, row in PERCENTS.items()}
    people = [
        {"age": None, "media": [], "effects": [], "want": {}, "wanted": [], "opinion": None} for _ in range(RETURNED)
    ]
    place = 0
    for option, count in zip(questionnaire.question("age").options, AGES, strict=True):
        for person in people[place : place + count]:
            person["age"] = option.value
        place += count
    for key, table in (("media", MEDIA), ("effects", EFFECTS), ("wanted", WANTED)):
        for option, (count, _) in zip(questionnaire.question(key).options, table, strict=True):
            for person in people[:count]:
                person[key].append(option.value)
    for row, counts in wants.items():
        values = [v for v, count in zip(("w4", "w3", "w2", "w1"), counts, strict=False) for _ in range(count)]
        for person, value in zip(people, values, strict=False):
            person["want"][row] = value
    return [{**{key: value or None for key, value in person.items()}, "opinion": None} for person in people]


@pytest.fixture
def data(db, questionnaire):
    """The answers as they stand after the box was opened."""
    from datetime import date

    survey = Survey.objects.create(
        key="s2019", section_key="joho-kanri", opens_on=date(2019, 8, 1), closes_on=date(2019, 8, 31), secret="x"
    )
    Column.objects.bulk_create(
        Column(survey=survey, item=item, codes=codes)
        for item, codes in rules.columns(questionnaire, answers(questionnaire)).items()
    )
    from madoguchi.services.surveys.models import Version

    survey.version = Version(content=questionnaire.model_dump(mode="json"))
    return Data(survey)


def test_returns_by_age_are_table_2(data):
    (found,) = analysis.tables(data, data.questionnaire.question("age"))
    assert [line.n for line in found.lines] == [*AGES, 4]
    assert found.lines[-1].label.ja == "無回答"
    assert found.asked == RETURNED == sum(AGES) + 4
    assert [rules_percent(n, sent) for n, sent in zip(AGES, LETTERS, strict=True)] == RATES
    assert rules_percent(RETURNED, SENT) == 28.5
    assert sum(LETTERS) == SENT


def rules_percent(part, whole):
    from madoguchi.lib.shares import percent

    return percent(part, whole)


@pytest.mark.parametrize(("key", "printed"), [("media", MEDIA), ("effects", EFFECTS), ("wanted", WANTED)])
def test_questions_with_several_answers_are_tables_3_4_and_14(data, key, printed):
    (found,) = analysis.tables(data, data.questionnaire.question(key))
    assert found.asked == RETURNED
    assert [(line.n, line.percent) for line in found.lines] == printed


@pytest.mark.parametrize("row", DETAILED)
def test_the_detailed_items_are_tables_7_to_13(data, row):
    counts, percents = DETAILED[row]
    found = analysis.table(data, data.items[f"want.{row}"])
    assert [line.n for line in found.lines] == counts
    assert [line.percent for line in found.lines] == percents


def test_the_ranking_is_table_6_as_printed(data):
    """Means rounded to two decimals, equal ones in order of question: that is how (4) stands before (5)."""
    tables = {item.key.removeprefix("want."): item for item in data.items.values() if item.question.key == "want"}
    means = {row: analysis.table(data, item).mean.value for row, item in tables.items()}
    ranks = statistics.ranks(means, decimals=2)
    assert sorted(ranks, key=ranks.get) == list(PERCENTS)
    exact = statistics.ranks(means)
    assert {row for row in ranks if ranks[row] != exact[row]} == {"i4", "i5"}


@pytest.mark.parametrize("row", PERCENTS)
def test_the_shares_of_every_item_are_table_6(data, row):
    found = analysis.table(data, data.items[f"want.{row}"])
    assert [line.percent for line in found.lines] == pytest.approx(PERCENTS[row], abs=0.06)


@pytest.mark.parametrize(("row", "mean"), [("i13", 3.4945), ("i18_1", 3.1951), ("i2", 3.0585), ("i11", 3.0499)])
def test_weighted_means_leave_the_no_answers_out(data, row, mean):
    """(4a+3b+2c+d)/(a+b+c+d), 表5; by hand from the printed counts: (13) is 2862/819."""
    assert analysis.table(data, data.items[f"want.{row}"]).mean.value == pytest.approx(mean, abs=0.0001)
    if row == "i13":
        assert analysis.table(data, data.items["want.i13"]).mean.value == pytest.approx(2862 / 819)


def test_coded_remarks_are_table_15(data):
    """275 remarks, coded by one reader into the seven fields."""
    survey = data.survey
    reader = apps.get_model("accounts", "Person").objects.create(kind="staff", username="reader")
    place = 0
    for number, count in enumerate(REMARKS):
        theme = Theme.objects.create(survey=survey, question="opinion", label=f"field {number}")
        Coding.objects.bulk_create(
            Coding(theme=theme, survey=survey, question="opinion", place=place + step, coder=reader)
            for step in range(count)
        )
        place += count
    counts, apart = coding.tally(survey, "opinion")
    assert [counts[f"field {number}"] for number in range(7)] == REMARKS
    assert (sum(counts.values()), apart) == (275, 0)
