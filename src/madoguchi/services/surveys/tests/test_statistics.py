"""Survey statistics against published examples; the source stands at each."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from madoguchi.services.surveys import statistics
from madoguchi.services.surveys.statistics.significance import chi_square_tail, fisher_exact


def test_chi_square_of_party_by_gender():
    """Agresti, An Introduction to Categorical Data Analysis (2nd ed. 2007), table 2.5: X² = 30.1, df = 2."""
    found = statistics.independence([[762, 327, 468], [484, 239, 477]])
    assert found.method == "chi_square"
    assert (round(found.chi_square, 1), found.df) == (30.1, 2)
    assert found.p < 0.0001
    assert found.is_significant


@pytest.mark.parametrize(
    ("value", "df", "p"),
    [
        *[(3.841, 1, 0.05), (6.635, 1, 0.01), (5.991, 2, 0.05), (7.815, 3, 0.05), (9.488, 4, 0.05), (11.070, 5, 0.05)],
        *[(16.919, 9, 0.05), (18.307, 10, 0.05), (23.209, 10, 0.01), (43.773, 30, 0.05), (124.342, 100, 0.05)],
    ],
)
def test_chi_square_tail_is_the_printed_table(value, df, p):
    """Critical values as every textbook prints them (NIST/SEMATECH e-Handbook 1.3.6.7.4)."""
    assert chi_square_tail(value, df) == pytest.approx(p, abs=0.00005)


def test_the_lady_tasting_tea():
    """Fisher (1935): 3 of 4 cups right; two-sided p = 34/70."""
    assert fisher_exact(3, 1, 1, 3) == pytest.approx(34 / 70)
    found = statistics.independence([[3, 1], [1, 3]])
    assert (found.method, found.p) == ("fisher", pytest.approx(0.4857, abs=0.0001))


def test_a_table_with_low_expected_counts_is_not_valid_and_says_so():
    found = statistics.independence([[3, 1, 2], [1, 3, 0], [2, 2, 1]])
    assert (found.method, found.p, found.is_significant) == ("not_valid", None, False)


def test_empty_lines_are_left_out_of_the_test():
    full = statistics.independence([[30, 20], [10, 40]])
    assert statistics.independence([[30, 0, 20], [0, 0, 0], [10, 0, 40]]) == full
    assert statistics.independence([[30, 20]]).method == "one_line"


def test_weights_that_halve_the_sample_halve_chi_square():
    whole = statistics.independence([[30, 20], [10, 40]])
    half = statistics.independence([[30, 20], [10, 40]], effective_n=50)
    assert half.chi_square == pytest.approx(whole.chi_square / 2)
    assert half.cramers_v == pytest.approx(whole.cramers_v)


def test_cramers_v_is_one_when_one_answer_settles_the_other():
    assert statistics.independence([[50, 0], [0, 50]]).cramers_v == pytest.approx(1)


@pytest.mark.parametrize(("population", "needed"), [(100, 80), (500, 217), (1000, 278), (3000, 341), (10000, 370)])
def test_needed_answers_are_those_of_krejcie_and_morgan(population, needed):
    """Krejcie & Morgan, Educational and Psychological Measurement 30 (1970), table 1."""
    assert statistics.needed_answers(population) == needed


def test_the_error_of_a_thousand_answers_is_three_point_one_points():
    assert statistics.margin_percent(1000, None) == pytest.approx(3.1, abs=0.005)
    assert statistics.margin_percent(370, 10_000) == pytest.approx(5.0, abs=0.01)
    assert statistics.margin_percent(500, 500) == 0


def test_wilsons_interval_of_81_in_263():
    """Newcombe, Statistics in Medicine 17 (1998), table I: 81/263 has 0.2553 to 0.3662; 0/20 has 0 to 0.1611."""
    found = statistics.share_interval(81 / 263, effective_n=263, n=263, population=None)
    assert (found.low, found.high) == (pytest.approx(0.2553, abs=0.0001), pytest.approx(0.3662, abs=0.0001))
    none = statistics.share_interval(0, effective_n=20, n=20, population=None)
    assert (none.low, none.high) == (0, pytest.approx(0.1611, abs=0.0001))


def test_asking_everyone_leaves_no_doubt():
    found = statistics.share_interval(0.4, effective_n=50, n=50, population=50)
    assert (found.low, found.high) == (pytest.approx(0.4), pytest.approx(0.4))


def test_cohens_kappa_of_fifty_proposals():
    """Two readers say yes/no to 50 proposals: 20 both yes, 15 both no, 5 and 10 apart; κ = 0.4 (textbook example)."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert statistics.kappa(pairs) == pytest.approx(0.4)
    assert statistics.kappa([]) is None
    assert statistics.kappa([("y", "y")]) == 1.0


def test_effective_size_is_kishs():
    assert statistics.effective_size([(1, 100)]) == 100
    assert statistics.effective_size([(1, 50), (3, 50)]) == pytest.approx(80)  # 200² / (50 + 450)
    assert statistics.effective_size([]) == 0


IPF_SEED = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
IPF_ROWS, IPF_COLUMNS = [150, 300, 400, 150], [200, 300, 400, 100]
IPF_FITTED = [
    [64.559, 46.235, 35.384, 3.822],
    [49.968, 68.158, 156.490, 25.384],
    [56.724, 144.428, 145.071, 53.777],
    [28.750, 41.178, 63.055, 17.017],
]


def test_raking_meets_the_worked_four_by_four_example():
    """The worked example of iterative proportional fitting, seed 4×4, margins 150/300/400/150 and 200/300/400/100."""
    cells = {(f"r{i}", f"c{j}"): n for i, row in enumerate(IPF_SEED) for j, n in enumerate(row)}
    found = statistics.rake(
        cells,
        [{f"r{i}": n for i, n in enumerate(IPF_ROWS)}, {f"c{j}": n for j, n in enumerate(IPF_COLUMNS)}],
    )
    assert found.converged
    scale = 1000 / sum(cells.values())  # weights add up to the answers, the example to 1,000
    for (row, column), count in cells.items():
        fitted = found.weights[row, column] * count * scale
        assert fitted == pytest.approx(IPF_FITTED[int(row[1])][int(column[1])], abs=0.06)


def test_who_did_not_say_keeps_the_share_of_the_answers():
    found = statistics.rake({("young",): 10, ("old",): 80, ("",): 10}, [{"young": 500, "old": 500}])
    assert found.weights["",] == pytest.approx(1)
    assert found.weights["young",] == pytest.approx(4.5)
    assert found.weights["old",] == pytest.approx(45 / 80)
    assert found.unreached == ()


def test_a_category_without_answers_is_named_not_hidden():
    found = statistics.rake({("old",): 80}, [{"young": 500, "old": 500}])
    assert (found.unreached, found.converged) == (("young",), True)


def test_contradicting_targets_do_not_converge_and_say_so():
    found = statistics.rake({("a", "x"): 5, ("b", "y"): 5}, [{"a": 9, "b": 1}, {"x": 1, "y": 9}])
    assert not found.converged
    assert found.largest_gap > 0.1


def test_ranks_after_rounding_keep_the_order_given():
    values = {"a": 2.746, "b": 2.750, "c": 3.1}
    assert statistics.ranks(values) == {"c": 1, "b": 2, "a": 3}
    assert statistics.ranks(values, decimals=2) == {"c": 1, "a": 2, "b": 3}


def test_there_is_no_mean_of_nobody():
    with pytest.raises(ValueError, match="nobody"):
        statistics.weighted_mean({4: 0, 1: 0})


def test_a_lone_small_cell_takes_a_circle_of_others_with_it():
    hidden = statistics.hidden_cells([[2, 20, 30], [40, 50, 60], [70, 80, 90]], threshold=5)
    assert {(0, 0), (0, 1), (1, 0), (1, 1)} == hidden


def test_nothing_is_hidden_where_nothing_is_small():
    assert statistics.hidden_cells([[0, 20], [30, 40]], threshold=5) == frozenset()


TABLES = st.integers(2, 4).flatmap(
    lambda columns: st.lists(st.lists(st.integers(0, 30), min_size=columns, max_size=columns), min_size=2, max_size=4)
)


@given(TABLES)
def test_no_hidden_cell_follows_from_what_is_shown(counts):
    """Solved as linear equations: no row of the reduced system has a single unknown."""
    hidden = sorted(statistics.hidden_cells(counts, threshold=5))
    rows, columns = len(counts), len(counts[0])
    if len(hidden) == (rows + 1) * (columns + 1) - 1:
        return  # everything but the number of answers is hidden
    small = {(r, c) for r in range(rows) for c in range(columns) if 0 < counts[r][c] < 5}
    assert small <= set(hidden)
    lines = [{(r, c): 1 if c < columns else -1 for c in range(columns + 1)} for r in range(rows + 1)]
    lines += [{(r, c): 1 if r < rows else -1 for r in range(rows + 1)} for c in range(columns + 1)]
    reduced = _reduced([[Fraction(line.get(place, 0)) for place in hidden] for line in lines])
    assert all(sum(value != 0 for value in row) != 1 for row in reduced)


def _reduced(matrix):
    """Gauss–Jordan."""
    done = 0
    for column in range(len(matrix[0]) if matrix else 0):
        pivot = next((r for r in range(done, len(matrix)) if matrix[r][column]), None)
        if pivot is None:
            continue
        matrix[done], matrix[pivot] = matrix[pivot], matrix[done]
        head = matrix[done][column]
        matrix[done] = [value / head for value in matrix[done]]
        for other in range(len(matrix)):
            if other != done and matrix[other][column]:
                factor = matrix[other][column]
                matrix[other] = [a - factor * b for a, b in zip(matrix[other], matrix[done], strict=True)]
        done += 1
    return matrix[:done]
