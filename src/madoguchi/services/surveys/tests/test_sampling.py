"""Designing and drawing: shares, repeatability, codes."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.services.surveys import actions, sampling, testing
from madoguchi.services.surveys.errors import NotPossibleNow, TableRefused
from madoguchi.services.surveys.sampling import Layer

LAYERS = st.lists(
    st.builds(Layer, population=st.integers(50, 50_000), expected_percent=st.floats(5, 90)), min_size=1, max_size=20
)


@given(LAYERS, st.integers(1, 3000))
def test_letters_add_up_and_nobody_gets_two(layers, letters):
    sizes = sampling.allocate(layers, letters)
    assert sum(sizes) == min(letters, sum(layer.population for layer in layers))
    assert all(0 <= size <= layer.population for size, layer in zip(sizes, layers, strict=True))


def test_expected_answers_resemble_the_population():
    """n ∝ N ÷ rate by hand: 6,000/0.2 and 4,000/0.4 are as 3 to 1, and bring 600 and 400 answers per 4,000 letters."""
    layers = [Layer(6000, 20), Layer(4000, 40)]
    assert sampling.allocate(layers, 4000) == [3000, 1000]
    assert sampling.letters_for(layers, 1000) == 4000


def test_a_stratum_smaller_than_its_share_is_asked_whole():
    assert sampling.allocate([Layer(10, 1), Layer(10_000, 50)], 500) == [10, 490]


def test_the_draw_is_the_documented_algorithm():
    """Smallest SHA-256 of seed:draw:id, whatever the order of the list."""
    import hashlib

    ids = [f"r{number}" for number in range(50)]
    by_digest = sorted(ids, key=lambda key: hashlib.sha256(f"s:draw:{key}".encode()).hexdigest())
    assert sampling.select({1: ids}, {1: 5}, "s")[1] == by_digest[:5]
    assert sampling.select({1: reversed(ids)}, {1: 5}, "s")[1] == by_digest[:5]
    assert sampling.select({1: ids}, {1: 5}, "other")[1] != by_digest[:5]


def test_every_person_has_about_the_same_chance():
    ids = [str(number) for number in range(20)]
    drawn = [key for seed in range(2000) for key in sampling.select({1: ids}, {1: 5}, str(seed))[1]]
    assert all(400 < drawn.count(key) < 600 for key in ids)  # 500 expected, 5 standard deviations


@given(st.integers(1, 100_000), st.integers(1, 5))
def test_a_code_survives_how_people_type_it(serial, issue):
    code = sampling.code_of("secret", serial, issue)
    assert sampling.read_code(code) == code
    assert sampling.read_code(f" {sampling.shown(code).lower()} ") == code
    assert sampling.read_code(code[:4] + "‐" + code[4:]) == code
    full_width = "".join(chr(ord(mark) + 0xFEE0) for mark in code)
    assert sampling.read_code(full_width) == code


@given(st.integers(1, 1000), st.integers(0, 9), st.sampled_from(sampling.ALPHABET))
def test_one_wrong_character_is_noticed(serial, place, other):
    code = sampling.code_of("secret", serial, 1)
    if code[place] != other:
        assert sampling.read_code(code[:place] + other + code[place + 1 :]) is None


def test_the_same_list_and_seed_give_the_same_mailing_list_again(planner):
    survey = testing.make_survey(planner)
    actions.set_population(survey.pk, testing.POPULATION, source="架空", on=date(2019, 7, 1), actor=planner)
    actions.set_letters(survey.pk, 20, actor=planner)
    first = actions.draw(survey.pk, testing.frame_csv(), seed="a", actor=planner)
    assert actions.draw(survey.pk, testing.frame_csv(), seed="a", actor=planner) == first
    rows = list(csv.DictReader(io.StringIO(first)))
    assert [row["serial"] for row in rows] == [str(number) for number in range(1, 21)]
    assert all(int(row["age"]) >= 18 for row in rows)
    assert rows[0]["name"]
    with pytest.raises(NotPossibleNow):
        actions.draw(survey.pk, testing.frame_csv(), seed="b", actor=planner)
    with pytest.raises(NotPossibleNow):
        actions.set_letters(survey.pk, 30, actor=planner)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("age_from,population\n18,5\n", "expected_percent"),
        ("age_from,age_to,population,expected_percent\n18,39,x,30\n", "2行目"),
        ("age_from,age_to,population,expected_percent\n18,39,5,30\n39,50,5,30\n", "3行目"),
        ("age_from,age_to,population,expected_percent\n18,39,5,0\n", "2行目"),
    ],
)
def test_a_wrong_population_table_is_refused_with_its_line(planner, text, line):
    survey = testing.make_survey(planner)
    actions.set_population(survey.pk, testing.POPULATION, source="架空", on=date(2019, 7, 1), actor=planner)
    with pytest.raises(TableRefused, match=line):
        actions.set_population(survey.pk, text, source="架空", on=date(2019, 7, 1), actor=planner)
    assert survey.strata.count() == 2


def test_a_new_code_makes_the_old_one_worthless(planner):
    from madoguchi.services.surveys.errors import CodeUnknown

    survey = testing.make_running(planner)
    old = testing.code(survey, 3)
    actions.reissue(survey.pk, 3, actor=planner)
    with pytest.raises(CodeUnknown):
        actions.enter(old, today=testing.OPENS)
    testing.answer_online(survey, 3, {"used": "no"})
    with pytest.raises(NotPossibleNow):
        actions.reissue(survey.pk, 3, actor=planner)
