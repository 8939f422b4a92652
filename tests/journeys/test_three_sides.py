"""What the pack said, what it says, and what staff wrote: none of the three is lost without a word."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from madoguchi.kernel.audit.public import history
from madoguchi.kernel.citydata.actions import Conflicts, apply
from madoguchi.kernel.citydata.export import export
from madoguchi.kernel.citydata.models import Revision
from madoguchi.kernel.citydata.pack import load
from madoguchi.kernel.citydata.parameters import set_value
from madoguchi.kernel.citydata.public import UnknownRecord, parameter, record, revise
from madoguchi.kernel.citydata.schemas import Value
from madoguchi.kernel.search.pack import Synonym

EXAMPLE = Path(__file__).resolve().parents[2] / "cities" / "example"
FEE = "resident_record_copy_fee_yen"
DAY = date(2028, 4, 1)


@pytest.fixture
def pack(tmp_path, db):
    """A copy of the example, applied."""
    target = tmp_path / "pack"
    shutil.copytree(EXAMPLE, target)
    apply(load(target), actor=None)
    return target


@pytest.fixture
def edited(pack, staff):
    """Staff entered a fee for a later year."""
    new = Value.model_validate({"from": DAY, "value": 300, "source": "条例"})
    set_value(FEE, new, reason="改正", seen=1, actor=staff)
    return pack


@pytest.fixture
def staff(pack):
    from madoguchi.kernel.accounts.testing import make_staff

    return make_staff("planning", "planner")


def change(pack, old="value: 250", new="value: 260"):
    path = pack / "parameters.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_edit_of_staff_stays_when_the_pack_says_what_it_said(edited):
    difference = apply(load(edited), actor=None)
    assert not difference
    assert difference.kept == [f"parameter {FEE}"]
    assert parameter(FEE, on=DAY).value == 300


def test_where_both_changed_nothing_is_applied_at_all(edited):
    change(edited)
    change(edited, "value: 5", "value: 6")  # another record, by the pack alone
    with pytest.raises(Conflicts) as refused:
        apply(load(edited), actor=None)
    assert refused.value.names == [f"parameter {FEE}"]
    assert parameter(FEE, on=DAY).value == 300
    assert parameter("surveys_small_cell", on=DAY).value == 5


def test_a_dry_run_names_what_is_kept_and_what_both_changed(edited, capsys):
    call_command("city", "apply", "--pack", str(edited), "--dry-run")
    assert f"= parameter {FEE}" in capsys.readouterr().out
    change(edited)
    call_command("city", "apply", "--pack", str(edited), "--dry-run")
    assert f"! parameter {FEE}" in capsys.readouterr().out


def test_the_command_refuses_and_says_what_to_do(edited, capsys):
    change(edited)
    with pytest.raises(CommandError, match="--conflicts staff"):
        call_command("city", "apply", "--pack", str(edited))
    assert f"! parameter {FEE}" in capsys.readouterr().err


@pytest.mark.parametrize(("winner", "value"), [("staff", 300), ("pack", 260)])
def test_whose_word_counts_is_settled_once(edited, winner, value):
    change(edited)
    assert apply(load(edited), actor=None, conflicts=winner).conflicts == [f"parameter {FEE}"]
    assert parameter(FEE, on=DAY).value == value
    assert history("citydata.pack").last().detail["conflicts"] == 1
    again = apply(load(edited), actor=None)
    assert not again
    assert not again.conflicts
    assert parameter(FEE, on=DAY).value == value
    assert Revision.objects.filter(record__key=FEE, body__icontains="300").exists()  # neither side's text is gone


def test_an_edit_that_went_back_into_the_pack_is_the_packs_from_then_on(edited):
    assert export(edited) == ["parameters.yaml"]
    difference = apply(load(edited), actor=None)
    assert not difference
    assert not difference.kept
    change(edited, "value: 300", "value: 310")
    assert apply(load(edited), actor=None).changed == [f"parameter {FEE}"]
    assert parameter(FEE, on=DAY).value == 310


def test_what_staff_made_is_not_retired_by_a_pack_that_never_knew_it(pack, staff):
    made = Synonym.model_validate({"key": "own", "source": "職員", "words": ["はんこ", "印鑑"]})
    revise("synonym", "own", made, actor=staff)
    difference = apply(load(pack), actor=None)
    assert difference.kept == ["synonym own"]
    assert record("synonym", "own").words


@pytest.mark.parametrize(("winner", "stands"), [("staff", True), ("pack", False)])
def test_a_record_that_left_the_pack_after_staff_edited_it_is_a_conflict(pack, staff, winner, stands):
    edited = record("procedure", "child-allowance-claim").model_copy(update={"minutes": 99})
    revise("procedure", "child-allowance-claim", edited, actor=staff)
    (pack / "procedures" / "child-allowance-claim.yaml").unlink()
    with pytest.raises(Conflicts):
        apply(load(pack), actor=None)
    apply(load(pack), actor=None, conflicts=winner)
    apply(load(pack), actor=None)
    if stands:
        assert record("procedure", "child-allowance-claim").minutes == 99
    else:
        with pytest.raises(UnknownRecord):
            record("procedure", "child-allowance-claim")


def test_an_installation_from_before_knows_its_edits_from_the_trail(pack, staff):
    """The migration: the last revision that no member of staff made is what the pack said."""
    from importlib import import_module

    from django.apps import apps

    from madoguchi.kernel.citydata.models import Record

    revise("city", "city", record("city", "city").model_copy(update={"phone": "000-9999-9999"}), actor=staff)
    before = dict(Record.objects.values_list("pk", "pack_digest"))
    Record.objects.update(pack_digest="")
    import_module("madoguchi.kernel.citydata.migrations.0002_what_the_pack_said").remember(apps, None)
    assert dict(Record.objects.values_list("pk", "pack_digest")) == before
    assert apply(load(pack), actor=None).kept == ["city city"]
