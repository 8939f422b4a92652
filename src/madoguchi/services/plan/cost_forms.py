"""Forms of the costs; staff pages speak Japanese. Amounts in thousand yen."""

from typing import Any

from django import forms

from madoguchi.services.plan import cost_table
from madoguchi.services.plan.models import CostLine
from madoguchi.services.plan.queries import costs
from madoguchi.services.plan.rules.costs import YearCost, life_cycle
from madoguchi.services.plan.sheet_forms import SheetForm, table_field
from madoguchi.ui.forms import FaceForm

MOST_THOUSAND_YEN = 999_999_999  # what `cost_table` reads, too
MOST_YEARS = 20
YEAR_HELP = "令和2年度は2020と書きます。"


def _year(label: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=YEAR_HELP,
        min_value=cost_table.FIRST_YEAR,
        max_value=cost_table.LAST_YEAR,
        widget=forms.NumberInput(attrs={"class": "in--4"}),
    )


def _thousand_yen(label: str, *, required: bool = True, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(
        label=f"{label}（千円）", required=required, help_text=help_text, min_value=0, max_value=MOST_THOUSAND_YEN
    )


class CostLineForm(FaceForm):
    """経費の行, new or (with `line`) corrected; year, kind and source of money tell it apart and stay."""

    fiscal_year = _year("年度")
    kind = forms.ChoiceField(label="区分", choices=CostLine.Kind.choices, widget=forms.RadioSelect)
    fund = forms.ChoiceField(label="財源", choices=CostLine.Fund.choices)
    thousand_yen = _thousand_yen("見込み")
    present_thousand_yen = _thousand_yen(
        "いままでの額", required=False, help_text="構築の年度だけ。入れ替える前のシステムにその年度かかっていた額です。"
    )
    actual_thousand_yen = _thousand_yen("実績", required=False, help_text="決算の前は空けておきます。")
    actual_source = forms.CharField(label="実績の出典", required=False, max_length=200, help_text="例：令和4年度決算")

    def __init__(self, measure_key: str, line: CostLine | None = None, data: Any = None) -> None:
        initial = {name: getattr(line, name) for name in (*costs.KEY, *costs.AMOUNTS)} if line else None
        super().__init__(data, initial=initial)
        self.measure_key = measure_key
        if line:
            for name in costs.KEY[1:]:
                self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        """The cells of a line fit together."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["present_thousand_yen"] = cleaned.get("present_thousand_yen") or 0
        if not self.errors:
            for name, why in cost_table.problems(self.line()):
                self.add_error(name, why)
        return cleaned

    def line(self) -> CostLine:
        return CostLine(measure_key=self.measure_key, **self.cleaned_data)


class LayOutForm(FaceForm):
    """The plan's example in one go: building in a year, running in the years after it."""

    prefix = "layout"

    first_year = _year("構築する年度")
    build = _thousand_yen("構築の額")
    operate = _thousand_yen("運用の額（1年度）")
    years = forms.IntegerField(
        label="運用する年数", min_value=1, max_value=MOST_YEARS, widget=forms.NumberInput(attrs={"class": "in--2"})
    )
    fund = forms.ChoiceField(label="財源", choices=CostLine.Fund.choices)

    def costs(self) -> list[YearCost]:
        """The years of the life cycle; call it on a valid form."""
        given = self.cleaned_data
        return life_cycle(
            first_year=given["first_year"], build=given["build"], operate=given["operate"], years=given["years"]
        )


class ReplacedForm(FaceForm):
    """現行システムの総経費 and where it comes from."""

    prefix = "replaced"

    total_thousand_yen = _thousand_yen("現行システムの総経費", help_text="導入と運用の合計です。")
    source = forms.CharField(label="出典", max_length=200, help_text="例：契約番号、平成30年度決算")


class CostTableForm(SheetForm):
    """The table of costs as it comes back from a spreadsheet."""

    table = table_field("経費の表（CSV）")
