"""A city pack: checked with file, line and remedy; applied, retired, exported."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.actions import apply, revise
from madoguchi.kernel.citydata.export import export
from madoguchi.kernel.citydata.models import Record, Revision
from madoguchi.kernel.citydata.pack import load
from madoguchi.kernel.citydata.public import UnknownRecord, current, parameter, record, records

ROOT = Path(__file__).resolve().parents[5]
EXAMPLE = ROOT / "cities" / "example"
SECTION_KEYS = [line.split(",")[0] for line in (EXAMPLE / "sections.csv").read_text(encoding="utf-8").splitlines()[1:]]
PACKS = sorted(path for path in (ROOT / "cities").iterdir() if path.is_dir())


@pytest.fixture
def pack(tmp_path):
    """A copy of the example that a test may break."""
    target = tmp_path / "pack"
    shutil.copytree(EXAMPLE, target)
    return target


@pytest.mark.parametrize("directory", PACKS, ids=lambda path: path.name)
def test_the_packs_we_ship_have_nothing_to_correct(directory):
    assert [str(problem) for problem in load(directory).problems] == []


def change(pack: Path, file: str, old: str, new: str) -> int:
    """Replace a text once; the number of its line."""
    path = pack / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("city.toml", 'municipal_code = "999997"', 'municipal_code = "999998"', "check digit"),
        ("sections.csv", "childcare,子育て課", "citizens,子育て課", "stands twice"),
        ("parameters.yaml", "unit: JPY/copy", "units: JPY/copy", "units"),
        ("parameters.yaml", "from: 2027-04-01", "from: 2016-04-01", "dates must rise"),
        ("procedures/resident-record-copy.yaml", "section: citizens", "section: nobody", "no section 'nobody'"),
        ("procedures/resident-record-copy.yaml", 'purpose == "other"', 'purpos == "other"', "purpos"),
        ("procedures/resident-record-copy.yaml", "yen: copies *", "yen: copies * *", "not a CEL expression"),
        ("procedures/resident-record-copy.yaml", "minutes: 5", "minutes: five", "minutes"),
        ("procedures/resident-record-copy.yaml", "identity_level: 3", "identity_level: 4", "identity_level"),
        ("plan/measures/01.yaml", "2020H1", "2020-H1", "half-year"),
        ("plan/systems.csv", "2021-03", "2021-13", "current_end"),
        ("holidays.csv", "2019-12-29", "2019-12-32", "key"),
    ],
)
def test_a_mistake_is_named_with_its_file_line_and_remedy(pack, file, old, new, words):
    line = change(pack, file, old, new)
    problems = load(pack).problems
    found = [problem for problem in problems if problem.file == file and words in problem.what]
    assert found, problems
    assert found[0].remedy
    assert (
        abs(found[0].line - line) <= 1
        or "stands twice" in words
        or "rise" in words
        or "CEL" in words
        or words in {"purpos"}
    )


def test_unreadable_files_do_not_hide_other_mistakes(pack):
    change(pack, "parameters.yaml", "parameters:", "parameters: [")
    change(pack, "sections.csv", "planning,企画課", "planning,企画課,too,many,cells,here")
    files = {problem.file for problem in load(pack).problems}
    assert {"parameters.yaml", "sections.csv"} <= files


def test_a_folder_that_is_no_pack_says_what_to_copy(tmp_path):
    (problem,) = load(tmp_path).problems
    assert "cities/example" in problem.remedy


@pytest.mark.django_db
def test_applying_twice_changes_nothing_the_second_time():
    first = apply(load(EXAMPLE), actor=None)
    second = apply(load(EXAMPLE), actor=None)
    assert first.added
    assert not second
    assert second.unchanged == len(first.added)
    assert len(history("citydata.pack")) == 1


@pytest.mark.django_db
def test_a_dry_run_tells_the_difference_and_writes_nothing():
    difference = apply(load(EXAMPLE), actor=None, dry_run=True)
    assert "city city" in difference.added
    assert not Record.objects.exists()


@pytest.mark.django_db
def test_a_change_makes_a_revision_and_the_old_one_stays_as_it_was(pack):
    apply(load(pack), actor=None)
    old = current("procedure", "resident-record-copy")
    change(pack, "procedures/resident-record-copy.yaml", "minutes: 5", "minutes: 7")
    difference = apply(load(pack), actor=None)
    assert difference.changed == ["procedure resident-record-copy"]
    assert current("procedure", "resident-record-copy").number == 2
    assert record("procedure", "resident-record-copy").minutes == 7
    kept = Revision.objects.select_related("record").get(pk=old.pk)
    assert kept.content.minutes == 5


@pytest.mark.django_db
def test_what_leaves_the_pack_is_retired_and_comes_back(pack):
    apply(load(pack), actor=None)
    file = pack / "procedures" / "child-allowance-claim.yaml"
    text = file.read_text(encoding="utf-8")
    file.unlink()
    assert apply(load(pack), actor=None).retired == ["procedure child-allowance-claim"]
    with pytest.raises(UnknownRecord):
        record("procedure", "child-allowance-claim")
    file.write_text(text, encoding="utf-8")
    apply(load(pack), actor=None)
    assert current("procedure", "child-allowance-claim").number == 1


@pytest.mark.django_db
def test_a_dated_value_is_the_one_in_force_that_day(example_city):
    from datetime import date

    # 例示市手数料条例 別表第1, 例示市条例 令和9年第1号 (fictional, in the pack)
    assert parameter("resident_record_copy_fee_yen", on=date(2027, 3, 31)).value == 200
    assert parameter("resident_record_copy_fee_yen", on=date(2027, 4, 1)).value == 250
    with pytest.raises(LookupError):
        parameter("resident_record_copy_fee_yen", on=date(2017, 3, 31))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "key", "changes"),
    [
        ("section", "citizens", {"name_en": "Residents Section"}),
        ("procedure", "resident-record-copy", {"minutes": 9}),
        ("city", "city", {"phone": "000-1111-2222"}),
    ],
)
def test_an_edit_of_staff_goes_back_into_the_pack(pack, staff_clerk, kind, key, changes):
    apply(load(pack), actor=None)
    revise(kind, key, record(kind, key).model_copy(update=changes), actor=staff_clerk)
    assert len(export(pack)) == 1
    again = load(pack)
    assert again.problems == []
    assert not apply(again, actor=None)
    assert export(pack) == []


@pytest.mark.django_db
def test_a_list_of_records_costs_one_query(example_city, django_assert_num_queries):
    records("section")  # bodies are parsed once
    with django_assert_num_queries(1):
        assert [section.key for section in records("section")] == sorted(SECTION_KEYS)


@pytest.mark.django_db
def test_the_command_refuses_a_broken_pack_and_names_the_place(pack, capsys):
    change(pack, "parameters.yaml", "unit:", "units:")
    with pytest.raises(CommandError, match="problem"):
        call_command("city", "apply", "--pack", str(pack))
    assert "parameters.yaml:" in capsys.readouterr().err
    assert not Record.objects.exists()


def test_a_theme_that_cannot_be_read_is_a_mistake_of_the_pack(pack):
    (pack / "theme").mkdir()
    (pack / "theme/tokens.css").write_text(":root {\n  --link: #949494;\n}\n", encoding="utf-8")
    said = [str(problem) for problem in load(pack).problems]
    assert all(problem.startswith("theme/tokens.css:2") for problem in said)
    assert any("contrast of 3.03" in problem and "Make --link darker" in problem for problem in said)
