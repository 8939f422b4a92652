"""経費の行: who writes them, the plan's rules beside them, the table out and back, the evaluation's third axis."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from madoguchi.kernel.accounts.testing import make_staff, signed_in
from madoguchi.kernel.audit.public import history
from madoguchi.services.plan import cost_table
from madoguchi.services.plan.actions import costs as actions
from madoguchi.services.plan.actions import evaluations
from madoguchi.services.plan.errors import CountedFromLines, LineMovedOn
from madoguchi.services.plan.models import CostLine, Evaluation, Replaced
from madoguchi.services.plan.queries import costs as queries
from madoguchi.services.plan.queries import evaluations as judging
from madoguchi.services.plan.queries import reports as reading
from madoguchi.services.plan.rules import costs as rules

pytestmark = pytest.mark.django_db
NOW = datetime(2023, 5, 1, 3, tzinfo=UTC)
PAGE = "/plan/costs/03/"
LINE = {
    "fiscal_year": "2020", "kind": "build", "fund": "general", "thousand_yen": "5000", "present_thousand_yen": "1200",
    "actual_thousand_yen": "", "actual_source": "", "seen": "",
}  # fmt: skip


@pytest.fixture
def lead(example_city):
    """A clerk of the section that leads measure 03."""
    return make_staff("welfare", "clerk")


@pytest.fixture
def client(lead):
    return signed_in(lead)


@pytest.fixture
def office(example_city):
    return signed_in(make_staff("planning", "planner"))


def line(year=2020, kind="build", fund="general", planned=5_000, measure="03", **values) -> CostLine:
    return CostLine(measure_key=measure, fiscal_year=year, kind=kind, fund=fund, thousand_yen=planned, **values)


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def test_the_worked_example_of_the_plan_stands_on_the_page(client):
    """構築500万円、運用100万円×5年、総合計1,000万円: 令和2年度に500万円、3年度と4年度に100万円 (第6章(3))."""
    example = {"layout-first_year": 2020, "layout-build": 5000, "layout-operate": 1000, "layout-years": 5}
    client.post(f"{PAGE}layout/", {**example, "layout-fund": "general"})
    amounts = dict(CostLine.objects.values_list("fiscal_year", "thousand_yen"))
    assert amounts == {2020: 5_000, 2021: 1_000, 2022: 1_000, 2023: 1_000, 2024: 1_000, 2025: 1_000}
    page = client.get(PAGE)
    assert (page.context["reckoning"].whole, page.context["reckoning"].counted) == (10_000, 7_000)
    assert "すべての年度で10,000、うち期間の中 7,000" in text_of(page)


def test_a_life_cycle_is_laid_out_whole_or_not_at_all(lead, client):
    actions.write(line(2022, "operate", planned=7), seen="", actor=lead)
    example = {"layout-first_year": 2020, "layout-build": 5000, "layout-operate": 1000, "layout-years": 5}
    answer = client.post(f"{PAGE}layout/", {**example, "layout-fund": "general"}, follow=True)
    assert "2022年度の同じ区分・財源の行は" in text_of(answer)
    assert CostLine.objects.count() == 1


def test_building_years_count_the_difference_only(client):
    client.post(PAGE, LINE)
    page = client.get(PAGE)
    assert page.context["reckoning"].counted == 3_800
    assert "5,000 − 1,200" in text_of(page)


def test_a_rebuild_that_is_dearer_than_what_it_replaces_is_marked(client, office):
    client.post(PAGE, LINE)
    client.post(f"{PAGE}replaced/", {"replaced-total_thousand_yen": 4_999, "replaced-source": "契約（架空）"})
    assert "1多い" in text_of(client.get(PAGE))
    assert "総経費を超える" in text_of(office.get("/plan/costs/desk/"))
    client.post(f"{PAGE}replaced/", {"replaced-total_thousand_yen": 5_000, "replaced-source": "契約（架空）"})
    assert "守られている" in text_of(client.get(PAGE))
    assert Replaced.objects.get().total_thousand_yen == 5_000


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"kind": "operate"}, "present_thousand_yen", "構築の年度だけ"),
        ({"actual_thousand_yen": "4900"}, "actual_source", "実績の出典を書いて"),
        ({"actual_source": "決算"}, "actual_thousand_yen", "実績の額を書くか"),
        ({"thousand_yen": "-1"}, "thousand_yen", "0以上"),
        ({"thousand_yen": "たくさん"}, "thousand_yen", "数字だけ"),
        ({"fiscal_year": "2"}, "fiscal_year", "1989以上"),
        ({"fund": "gold"}, "fund", "一覧の中から"),
        ({"actual_thousand_yen": "1", "actual_source": "あ" * 201}, "actual_source", "200文字まで"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_kept(client, wrong, field, words):
    answer = client.post(PAGE, {**LINE, **wrong})
    assert answer.status_code == 400
    assert words in str(answer.context["form"].errors[field])
    assert not CostLine.objects.exists()


def test_a_correction_keeps_before_and_after_in_the_trail(client, lead):
    client.post(PAGE, LINE)
    kept = CostLine.objects.get()
    page = client.get(f"{PAGE}?line={kept.pk}")
    seen = page.context["line_token"]
    spent = {
        "actual_thousand_yen": "4800",
        "actual_source": "令和2年度決算（架空）",
        "fiscal_year": "1999",
        "seen": seen,
    }
    client.post(f"{PAGE}?line={kept.pk}", {**LINE, **spent})
    kept.refresh_from_db()
    assert (kept.fiscal_year, kept.actual_thousand_yen) == (2020, 4_800)
    trail = list(history(kept))
    assert [entry.verb for entry in trail] == ["plan.cost.entered", "plan.cost.corrected"]
    assert (trail[1].detail["before"], trail[1].detail["after"]) == ([5_000, 1_200, None], [5_000, 1_200, 4_800])


def test_two_who_correct_the_same_line_do_not_overwrite_each_other(lead, office):
    kept = actions.write(line(), seen="", actor=lead)
    seen = queries.token(kept)
    actions.write(line(planned=5_100), seen=seen, actor=lead)
    answer = office.post(f"{PAGE}?line={kept.pk}", {**LINE, "thousand_yen": "9000", "seen": seen})
    assert answer.status_code == 400
    assert "ほかの人が先に直しています" in text_of(answer)
    with pytest.raises(LineMovedOn):
        actions.remove(kept.pk, seen=seen, actor=lead)
    with pytest.raises(LineMovedOn):  # the same line entered twice
        actions.write(line(planned=1), seen="", actor=lead)
    assert CostLine.objects.get().thousand_yen == 5_100


def test_a_line_is_taken_back_and_the_trail_remembers_it(client):
    client.post(PAGE, LINE)
    kept = CostLine.objects.get()
    client.post(f"{PAGE}remove/", {"line": kept.pk, "seen": queries.token(kept)})
    assert not CostLine.objects.exists()
    assert list(history(f"plan.costline:{kept.pk}"))[-1].detail["before"] == [5_000, 1_200, None]


def test_the_database_itself_refuses_a_second_line_and_a_difference_without_building(lead):
    actions.write(line(), seen="", actor=lead)
    for wrong in (line(), line(2021, "operate", present_thousand_yen=1), line(2021, actual_thousand_yen=1)):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save(force_insert=True)


def test_lead_and_plan_office_write_others_do_not(client, office, resident):
    assert client.post(PAGE, LINE).status_code == 302
    assert office.post(PAGE, {**LINE, "fund": "national"}).status_code == 302
    auditor, stranger = signed_in(make_staff("planning", "auditor")), signed_in(make_staff("library", "clerk"))
    assert "1行ずつ入れる" not in text_of(auditor.get(PAGE))
    for other in (auditor, stranger):
        assert other.post(PAGE, {**LINE, "fund": "bond"}).status_code == 404
        assert other.post(f"{PAGE}remove/", {"line": CostLine.objects.first().pk}).status_code == 404
    assert signed_in(resident).get(PAGE).status_code == 403
    assert CostLine.objects.count() == 2


def test_the_line_of_another_measure_is_not_corrected_here(client, lead):
    other = CostLine.objects.create(measure_key="04", fiscal_year=2020, kind="build", fund="general", thousand_yen=1)
    assert client.get(f"{PAGE}?line={other.pk}").status_code == 404
    assert client.post(f"{PAGE}remove/", {"line": other.pk, "seen": queries.token(other)}).status_code == 404


# the table


def chosen(text: str):
    return {"table": SimpleUploadedFile("costs.csv", text.encode("utf-8-sig"))}


def payload_of(page) -> str:
    return re.search(r'name="payload" value="([^"]+)"', page.content.decode())[1]


HEAD = "施策番号,年度,区分,財源,見込み（千円）,いままでの額（千円）,実績（千円）,実績の出典\n"
ROW = "3,2020,構築,一般財源,5000,1200,,\n"


def test_a_table_is_shown_then_taken_whole(client, office):
    client.post(PAGE, LINE)
    exported = office.get("/plan/cost-lines.csv").content.decode("utf-8-sig")
    assert "5000,1200,," in exported
    changed = exported.replace("5000,1200,,", '"5,500",1200,4800,=決算') + "3,健診,2021,運用,国庫支出金,1000,,,\n"
    page = client.post("/plan/costs/take/", chosen(changed))
    assert "2行の経費が変わります" in text_of(page)
    assert CostLine.objects.get().thousand_yen == 5_000
    client.post("/plan/costs/take/confirm/", {"payload": payload_of(page)})
    assert list(CostLine.objects.values_list("fiscal_year", "thousand_yen", "actual_thousand_yen")) == [
        (2020, 5_500, 4_800), (2021, 1_000, None),
    ]  # fmt: skip
    again = client.post("/plan/costs/take/confirm/", {"payload": payload_of(page)}, follow=True)
    assert "ほかの人が表を変えました" in text_of(again)
    exported = office.get("/plan/cost-lines.csv").content.decode("utf-8-sig")
    assert "4800,'=決算" in exported  # harmless in a spreadsheet, and the same when it comes back
    assert "いまの表と同じです" in text_of(client.post("/plan/costs/take/", chosen(exported)))


@pytest.mark.parametrize(
    ("right", "wrong", "column", "words"),
    [
        ("3,", "99,", "施策番号", "ないか、あなたの課の施策ではありません"),
        ("3,", "4,", "施策番号", "ないか、あなたの課の施策ではありません"),  # the library's
        ("2020", "R2", "年度", "数字だけ"),
        ("2020", "202", "年度", "令和2年度は2020"),
        ("構築", "保守", "区分", "構築、運用のどれか"),
        ("一般財源", "税", "財源", "一般財源、国庫支出金、都道府県支出金、地方債、その他のどれか"),
        ("5000", "", "見込み（千円）", "数字だけ"),
        ("5000", "-5", "見込み（千円）", "0以上の整数"),
        ("5000", "5.5", "見込み（千円）", "0以上の整数"),
        ("1200", "無", "いままでの額（千円）", "0以上の整数"),
        ("構築", "運用", "いままでの額（千円）", "構築の年度だけ"),
        (",,\n", ",4800,\n", "実績の出典", "出典を書いて"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_taken(client, right, wrong, column, words):
    page = client.post("/plan/costs/take/", chosen(HEAD + ROW.replace(right, wrong, 1) + "3,2021,運用,一般財源,1,,,\n"))
    assert page.status_code == 400
    (refused,) = page.context["reading"].refused
    assert (refused.line, refused.column) == (2, column)
    assert words in refused.why
    assert "この違いを取り込む" not in text_of(page)
    assert not CostLine.objects.exists()


def test_one_line_said_twice_is_refused(client):
    page = client.post("/plan/costs/take/", chosen(HEAD + ROW + ROW))
    assert "1行にまとめて" in page.context["reading"].refused[0].why


def test_a_forged_confirmation_takes_nothing(client):
    answer = client.post("/plan/costs/take/confirm/", {"payload": "eyJ9:xx:yy"}, follow=True)
    assert "もう一度ファイルを選んで" in text_of(answer)
    assert not CostLine.objects.exists()


def test_full_width_digits_and_thousands_are_read(example_city):
    measures = {3: reading.measure("03")}
    content = (HEAD + ROW.replace("2020", "２０２０").replace("5000", '"5,000"')).encode("cp932")
    (found,) = cost_table.read(content, present=[], measures=measures).changed
    assert (found.fiscal_year, found.thousand_yen) == (2020, 5_000)


# sums, the public page, the evaluation


def test_what_was_spent_is_known_when_every_line_of_the_plan_knows_it():
    known = line(actual_thousand_yen=4_800, present_thousand_yen=1_200)
    assert rules.spent([known]) == 3_600
    assert rules.spent([known, line(2021, "operate")]) is None
    assert rules.spent([]) is None
    later = [known, line(2023, "operate", planned=900)]  # after the plan: neither planned nor spent counts
    found = rules.reckon(later, first_year=2020, last_year=2022, replaced_total=None)
    assert (found.counted, found.spent, found.whole, found.excess) == (3_800, 3_600, 5_900, 0)


@pytest.mark.usefixtures("reference_city")
def test_lines_that_add_up_to_the_published_totals_show_no_difference():
    """403,891 + 119,525 + 451,831 = 975,247千円 (第6章(3)); how they divide among measures is not published."""
    planner = signed_in(make_staff("joho-kanri", "planner"))
    for year, planned in ((2020, 403_891), (2021, 119_525), (2022, 451_830)):
        planner.post(
            "/plan/costs/11/", {**LINE, "fiscal_year": year, "thousand_yen": planned, "present_thousand_yen": 0}
        )
    desk = planner.get("/plan/costs/desk/")
    assert [apart for _, apart in desk.context["years"]] == [0, 0, -1]
    assert (desk.context["published"], desk.context["planned"]) == (975_247, 975_246)


def test_everyone_sees_planned_beside_spent(client, office):
    client.post(PAGE, {**LINE, "actual_thousand_yen": "4800", "actual_source": "決算（架空）"})
    client.post(PAGE, {**LINE, "fiscal_year": "2021", "kind": "operate", "present_thousand_yen": ""})
    page = signed_in(make_staff("citizens", "viewer")).get("/plan/costs/")
    assert [one["values"] for one in page.context["series"]] == [
        [1_000, 3_000, None],
        [3_800, 5_000, None],
        [3_600, None, None],
    ]
    (row,) = page.context["rows"]
    assert (row["reckoning"].counted, row["reckoning"].spent) == (8_800, None)
    assert "まだそろっていません" in text_of(client.get("/plan/measures/03/"))


def test_pages_take_as_many_queries_for_many_lines_as_for_few(client):
    def count(address):
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            client.get(address)
        return len(captured)

    client.post(PAGE, LINE)
    few = [count(address) for address in ("/plan/costs/", "/plan/costs/desk/", PAGE)]
    for year in range(2000, 2040):
        CostLine.objects.create(measure_key="03", fiscal_year=year, kind="operate", fund="bond", thousand_yen=year)
        CostLine.objects.create(measure_key="04", fiscal_year=year, kind="operate", fund="bond", thousand_yen=year)
    assert [count(address) for address in ("/plan/costs/", "/plan/costs/desk/", PAGE)] == few


def test_the_evaluation_takes_the_actual_from_the_lines_and_keeps_the_locked_estimate(lead):
    measure = reading.measure("03")
    found = Evaluation.objects.create(measure_key="03", section_key="welfare", opened_at=NOW)
    evaluations.enter_cost(measure, 3_200, "決算", actor=lead)
    assert judging.by_rule(measure, found)["cost"].parts == [{"estimate": 3_000, "actual": None}]  # read before
    found.refresh_from_db()
    assert judging.by_rule(measure, found)["cost"].value == 6.7  # 3,200 of 3,000
    kept = actions.write(line(planned=9_999), seen="", actor=lead)
    assert judging.by_rule(measure, found)["cost"].value is None  # not every line knows its actual
    spent = line(planned=9_999, present_thousand_yen=600, actual_thousand_yen=3_900, actual_source="決算（架空）")
    actions.write(spent, seen=queries.token(kept), actor=lead)
    axis = judging.by_rule(measure, found)["cost"]
    assert (axis.value, axis.grade) == (10.0, "B")  # 3,300 of 3,000
    with pytest.raises(CountedFromLines):
        evaluations.enter_cost(measure, 1, "決算", actor=lead)


def test_the_desk_counts_lines_of_past_years_without_their_actual(client, lead):
    from madoguchi.services.plan import desk

    actions.write(line(), seen="", actor=lead)
    actions.write(line(2099, "operate"), seen="", actor=lead)
    (view,) = [view for view in desk.views(lead, today=NOW.date()) if view.label == "施策の経費"]
    assert view.count == 1
