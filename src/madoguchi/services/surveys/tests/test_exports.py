"""Data to take along: what stands in the files is what people answered, read back by tools we did not write."""

import csv
import io

import pytest

from madoguchi.services.surveys import exports, testing
from madoguchi.services.surveys.data import Data

ANSWERS = [
    {"age": "a18", "sex": "f", "media": ["web"], "used": "yes", "satisfied": "s3"},
    {"age": "a40", "media": [], "used": "no", "wants": {"safety": "w4"}},
    {"used": "no", "opinion": "=1+1"},
] * 10


@pytest.fixture
def opened(planner):
    return testing.make_opened(planner, ANSWERS)


def rows(text):
    return list(csv.DictReader(io.StringIO(text)))


def test_the_csv_has_a_line_an_answer_and_no_free_text(opened):
    found = rows(exports.answers_csv(opened))
    assert len(found) == 30
    assert "opinion" not in found[0]
    seen = sorted({(row["age"], row["media_web"], row["used"], row["satisfied"], row["wants_safety"]) for row in found})
    assert seen == [("-1", "-1", "2", "-2", "-1"), ("1", "1", "1", "1", "-1"), ("2", "-1", "2", "-2", "1")]


def test_the_codebook_explains_every_column_and_code(opened):
    codes = {(row["column"], row["code"]): row["label"] for row in rows(exports.codebook_csv(opened))}
    for row in rows(exports.answers_csv(opened)):
        for name, value in row.items():
            assert name == "weight" or (name, value) in codes, (name, value)
    assert codes["satisfied", "-2"] == "非該当"
    assert codes["age", "2"] == "40歳以上"


def test_weights_give_the_age_bands_their_shares_of_the_population(opened):
    """60 and 40 people of 100: of the 20 who said their age, 12 and 8; the 10 who did not stay as they are."""
    found = rows(exports.answers_csv(opened))
    weight = {age: sum(float(row["weight"]) for row in found if row["age"] == age) for age in ("1", "2", "-1")}
    assert weight == {"1": pytest.approx(12), "2": pytest.approx(8), "-1": pytest.approx(10)}
    assert [question.key for question in Data(opened, weighted=True).weighted_by] == ["age"]


def test_spss_reads_the_file_with_labels_and_missing_values(opened, tmp_path):
    pyreadstat = pytest.importorskip("pyreadstat")
    path = tmp_path / "answers.sav"
    path.write_bytes(exports.answers_sav(opened))
    frame, meta = pyreadstat.read_sav(str(path), user_missing=True)
    assert len(frame) == 30
    assert meta.variable_value_labels["age"] == {1.0: "18～39歳", 2.0: "40歳以上", -1.0: "無回答", -2.0: "非該当"}
    assert meta.column_names_to_labels["wants_safety"] == "力を入れてほしい分野 防災"
    assert meta.missing_ranges["satisfied"] == [{"lo": -2.0, "hi": -1.0}]
    assert sorted(frame["satisfied"].unique()) == [-2.0, 1.0]


def test_the_published_tables_go_out_as_csv(opened):
    found = rows(exports.tables_csv(opened))
    age = [
        (row["answer"], row["n"], row["percent"], row["valid_percent"]) for row in found if row["question"] == "年齢"
    ]
    assert age == [("18～39歳", "10", "33.3", "50.0"), ("40歳以上", "10", "33.3", "50.0"), ("無回答", "10", "33.3", "")]
