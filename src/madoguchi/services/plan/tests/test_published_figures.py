"""The pack of the reference city against the figures its plan prints, and against what follows from them."""

from statistics import median

import pytest

from madoguchi.lib.halfyear import HalfYear
from madoguchi.services.plan import rules

ABSENT_SHEETS = {10, 12, 17}
# No bar at all; and sheet 23, whose marks stand in every column, on empty rows too, and so say nothing.
WITHOUT_HALF_YEARS = {2, 4, 11, 14, 16, 19, 24, 26, 27, 28} | {23}

# 表6 in printed order: item → measures, counts (4, 3, 2, 1 points, no answer), weighted mean.
DEMAND = {
    "13": ([7, 11], (483, 271, 52, 13, 35), 3.4945),
    "18-1": ([25], (351, 307, 122, 35, 39), 3.1951),
    "2": ([1], (272, 374, 126, 49, 33), 3.0585),
    "11": ([], (294, 323, 157, 48, 32), 3.0499),
    "16": ([29], (285, 308, 171, 57, 33), 3.0000),
    "3": ([3], (199, 397, 156, 60, 42), 2.9052),
    "8": ([13], (266, 273, 195, 86, 34), 2.8768),
    "17": ([10], (158, 379, 208, 72, 37), 2.7625),
    "4": ([4], (215, 276, 233, 95, 35), 2.7460),
    "5": ([], (183, 327, 218, 84, 42), 2.7500),
    "12": ([17], (172, 340, 221, 89, 32), 2.7238),
    "9": ([14], (128, 323, 267, 104, 32), 2.5779),
    "10": ([15], (110, 352, 256, 100, 36), 2.5770),
    "6": ([12], (97, 314, 297, 104, 42), 2.4975),
    "1": ([20], (129, 274, 266, 135, 50), 2.4938),
    "15": ([18], (68, 254, 363, 129, 40), 2.3206),
    "7": ([6], (88, 240, 297, 184, 45), 2.2868),
    "14": ([19], (46, 198, 359, 212, 39), 2.0957),
}
EXTENSIONS = {34: 36, 3: 24, 4: 24, 2: 16, 14: 12, 18: 12, 36: 12}


@pytest.fixture
def measures(published):
    return sorted(published("plan.measure"), key=lambda measure: measure.number)


@pytest.fixture
def systems(published):
    return published("plan.system")


@pytest.fixture
def survey(published):
    (found,) = published("plan.survey")
    return found


# 表16: 29 measures


def test_all_29_measures_are_there_with_three_sheets_absent(measures):
    assert [measure.number for measure in measures] == list(range(1, 30))
    assert {measure.number for measure in measures if measure.sheet == "absent"} == ABSENT_SHEETS


def test_an_absent_sheet_says_so_and_nothing_is_invented_for_it(measures):
    for measure in measures:
        if measure.sheet == "absent":
            assert measure.notes
            assert measure.purpose is None
            assert [measure.tasks, measure.risks, measure.targets, measure.content] == [()] * 4
        else:
            assert measure.purpose
            assert measure.content
            assert measure.tasks


def test_goals_and_fields_add_up_to_the_printed_totals(published, measures):
    (plan,) = published("plan.outline")
    assert rules.goal_totals(measures) == {"service": 18, "information": 17, "efficiency": 20}
    assert rules.goal_totals(measures) == plan.printed_goal_totals
    assert [rules.field_totals(measures)[field.key] for field in plan.fields] == [2, 3, 8, 2, 2, 12]
    assert [field.printed_total for field in plan.fields] == [2, 3, 8, 2, 2, 12]


def test_measure_24_follows_the_list_and_a_note_names_the_contradiction(measures):
    flags = measures[23].goals
    assert (flags.service, flags.information, flags.efficiency) == (False, True, False)
    assert any("業務効率" in note for note in measures[23].notes)


def test_half_years_are_stated_only_where_the_plan_states_them(measures):
    without = {
        measure.number
        for measure in measures
        if measure.sheet == "present" and not any(task.planned for task in measure.tasks)
    }
    assert without == WITHOUT_HALF_YEARS


@pytest.mark.parametrize("number", [13, 21, 23, 24])
def test_known_oddities_of_the_sheets_are_noted(measures, number):
    assert measures[number - 1].notes


def test_bars_stay_inside_the_plan(published, measures):
    (plan,) = published("plan.outline")
    first, last = HalfYear.parse(plan.first_half), HalfYear.parse(plan.last_half)
    bars = [bar for measure in measures for task in measure.tasks for bar in task.planned or ()]
    assert (str(first), str(last)) == ("2020H1", "2022H2")
    assert all(first <= HalfYear.parse(half) <= last for bar in bars for half in (bar.first, bar.last) if half)


# 表1: 40 systems


def test_forty_systems_of_22_sections(systems):
    assert sorted(system.number for system in systems) == list(range(1, 41))
    sections = [system.section for system in systems]
    assert len(set(sections)) == 22
    assert sections.count("joho-kanri") == 13
    assert sections.count("shido") == 3


def test_study_procurement_and_start_follow_each_other_in_every_row(systems):
    for system in systems:
        start_year = rules.fiscal_year_of(system.next_start)
        assert rules.fiscal_year_of(system.study_start) <= system.procurement_fy <= start_year, system.number
        assert start_year - system.procurement_fy in {0, 1}, system.number


def test_lead_times_are_those_of_the_printed_months(systems):
    leads = {system.number: rules.lead_months(system) for system in systems}
    assert median(leads.values()) == 23.5
    assert list(leads.values()).count(24) == 11
    assert min(leads, key=leads.get) == 23
    assert leads[23] == 3
    assert max(leads, key=leads.get) == 18
    assert leads[18] == 33


def test_seven_systems_are_extended(systems):
    found = {system.number: months for system in systems if (months := rules.extension_months(system))}
    assert found == EXTENSIONS


def test_starts_and_procurements_by_fiscal_year(systems):
    starts = [rules.fiscal_year_of(system.next_start) for system in systems]
    procurements = [system.procurement_fy for system in systems]
    assert [starts.count(year) for year in range(2020, 2025)] == [6, 6, 9, 9, 10]
    assert [procurements.count(year) for year in range(2019, 2025)] == [2, 5, 9, 5, 11, 8]


@pytest.mark.parametrize("number", [1, 4, 21, 29, 34, *EXTENSIONS])
def test_odd_rows_carry_a_note(systems, number):
    (found,) = [system for system in systems if system.number == number]
    assert found.note


def test_row_21_is_kept_as_printed(systems):
    (found,) = [system for system in systems if system.number == 21]
    assert (found.current_end, found.next_start) == ("2026-01", "2025-02")


# The survey: 表2 to 表15


def test_response_by_age_is_table_2(survey):
    rows = [(row.sent, row.returned, row.percent) for row in survey.response]
    assert rows == [
        (101, 21, 20.8),
        (749, 110, 14.7),
        (579, 146, 25.2),
        (539, 147, 27.3),
        (336, 153, 45.5),
        (255, 104, 40.8),
        (441, 169, 38.3),
        (None, 4, None),
        (3000, 854, 28.5),
    ]
    assert sum(row.sent for row in rules.bands(survey)) == survey.sent == 3000
    assert sum(row.returned for row in survey.response[:-1]) == survey.returned == 854


def test_every_share_of_every_question_fits_its_count(survey):
    assert {question.table: len(question.options) for question in survey.questions} == {"表3": 13, "表4": 13, "表14": 4}
    for question in survey.questions:
        assert question.base == 854
        for option in question.options:
            assert rules.percent(option.count, 854) == option.percent, (question.key, option.key)


def test_demand_items_stand_in_the_printed_order_with_their_measures(survey):
    printed = sorted(survey.demand, key=lambda item: item.rank_printed)
    assert [item.key for item in printed] == list(DEMAND)
    for item in printed:
        assert [int(key) for key in item.measures] == DEMAND[item.key][0], item.key


@pytest.mark.parametrize("key", DEMAND)
def test_the_weighted_mean_of_an_item(survey, key):
    (item,) = [item for item in survey.demand if item.key == key]
    _, numbers, mean = DEMAND[key]
    assert tuple(item.counts.model_dump().values()) == numbers
    assert sum(numbers) == 854
    assert rules.weighted_mean(item.counts) == pytest.approx(mean, abs=0.0001)


def test_shares_of_the_items_fit_their_counts(survey):
    for item in survey.demand:
        for name, count in item.counts.model_dump().items():
            assert rules.percent(count, 854) == pytest.approx(getattr(item.percents, name), abs=0.06), (item.key, name)


def test_recomputed_ranks_differ_from_print_only_at_nine_and_ten(survey):
    ranks = {item.key: rank for rank, item in enumerate(rules.ranked(survey.demand), 1)}
    differing = {item.key for item in survey.demand if item.rank_printed != ranks[item.key]}
    assert differing == {"4", "5"}
    assert (ranks["5"], ranks["4"]) == (9, 10)
    assert any("(5)" in note for note in survey.notes)


def test_exact_counts_come_from_the_seven_detailed_tables(survey):
    printed = {item.table: item.key for item in survey.demand if item.counts_from == "printed"}
    assert printed == {
        "表7": "1",
        "表8": "2",
        "表9": "3",
        "表10": "9",
        "表11": "11",
        "表12": "13",
        "表13": "18-1",
    }


def test_measures_and_survey_items_name_each_other(measures, survey):
    from_items = {(key, item.key) for item in survey.demand for key in item.measures}
    from_measures = {(measure.key, item) for measure in measures for item in measure.survey_items}
    assert from_items == from_measures


def test_remarks_are_table_15(survey):
    assert [row.count for row in survey.free_text] == [11, 48, 19, 6, 17, 56, 118]
    assert sum(row.count for row in survey.free_text) == 275


# Costs, the previous plan, 図7


def test_costs_add_up_to_the_printed_total(published):
    costs = {cost.fiscal_year: cost for cost in published("plan.cost")}
    assert {year: cost.thousand_yen for year, cost in costs.items()} == {2020: 403_891, 2021: 119_525, 2022: 451_831}
    assert sum(cost.thousand_yen for cost in costs.values()) == 975_247
    assert [rules.percent(cost.thousand_yen, 975_247) for cost in costs.values()] == [41.4, 12.3, 46.3]
    assert [cost.share_percent for cost in costs.values()] == [41.4, 12.3, 46.3]


def test_the_previous_plan_had_25_measures(published):
    assert sorted(measure.number for measure in published("plan.previous")) == list(range(1, 26))


def test_figure_7_fits_the_number_of_municipalities(published):
    peers = published("plan.peer")
    assert len(peers) == 18
    assert {peer.year for peer in peers} == {2013, 2016, 2019}
    for peer in peers:
        fits = [rules.percent(peer.national_count, municipalities) for municipalities in (1741, 1742)]
        assert peer.national_percent in fits, peer.key


def test_the_city_lacks_only_sharing_and_for_a_time_the_continuity_plan(published):
    missing = {(peer.item[:4], peer.year) for peer in published("plan.peer") if not peer.city_done}
    assert missing == {("共同利用", 2013), ("共同利用", 2016), ("共同利用", 2019), ("ICT-", 2013)}
