"""The data to take along: answers as CSV with a codebook, as SPSS, and published tables as CSV."""

import csv
import importlib.util
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from madoguchi.lib.spreadsheets import safe_cell
from madoguchi.services.surveys import analysis, coding, results
from madoguchi.services.surveys.data import Data
from madoguchi.services.surveys.models import Survey
from madoguchi.services.surveys.rules import CHOSEN, NO_ANSWER, NOT_ASKED, NOT_CHOSEN, Item

NO_ANSWER_OUT, NOT_ASKED_OUT = -1, -2  # codes in the files; nobody takes them for an answer
SPSS_MISSING = "SPSSの書き出しには追加の部品が要ります。pip install 'madoguchi[spss]' のあと、もう一度お試しください。"


def _out(code: int) -> int:
    return {NO_ANSWER: NO_ANSWER_OUT, NOT_ASKED: NOT_ASKED_OUT}.get(code, code)


def _name(key: str) -> str:
    """A name that SPSS takes: no point."""
    return key.replace(".", "_")


def _weights(data: Data) -> list[float]:
    """One weight an answer, 1 where the survey has no usable population table."""
    if data.raking is None:
        return [1.0] * data.survey.answers
    keys = [question.key for question in data.weighted_by]
    return [round(data.raking.weights[data.cell(codes)], 6) for codes in zip(*data.columns(*keys), strict=True)]


def answers_csv(survey: Survey) -> str:
    """One line an answer, in the shuffled order, with the weight last. Free text is not in it."""
    data = Data(survey, weighted=True)
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow([*map(_name, data.items), "weight"])
    columns = data.columns(*data.items)
    for codes, weight in zip(zip(*columns, strict=True), _weights(data), strict=True):
        writer.writerow([*map(_out, codes), weight])
    return output.getvalue()


def _labels(item: Item) -> dict[int, str]:
    if item.is_option:
        return {CHOSEN: "選んだ", NOT_CHOSEN: "選ばなかった"}
    return {place: option.label.ja for place, option in enumerate(item.options, 1)}


def codebook_csv(survey: Survey) -> str:
    """What each column and code of the data means."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(["column", "question", "item", "code", "label", "points"])
    for item in Data(survey).items.values():
        points = {place: option.points for place, option in enumerate(item.options, 1)}
        codes = {**_labels(item), NO_ANSWER_OUT: "無回答", NOT_ASKED_OUT: "非該当"}
        for code, label in codes.items():
            row = [_name(item.key), item.question.label.ja, item.label.ja, str(code), label]
            writer.writerow([*map(safe_cell, row[:3]), code, safe_cell(label), points.get(code) or ""])
    writer.writerow(["weight", "", "ウェイト（年齢・性別・地区の構成比に合わせたもの）", "", "", ""])
    return output.getvalue()


def _title(item: Item) -> str:
    """The question, and the item where that says more; SPSS holds 256 bytes."""
    own = "" if item.label == item.question.label else f" {item.label.ja}"
    return f"{item.question.label.ja}{own}"[:80]


def has_spss() -> bool:
    """Whether the extra for SPSS files is installed."""
    return importlib.util.find_spec("pyreadstat") is not None and importlib.util.find_spec("pandas") is not None


def answers_sav(survey: Survey) -> bytes:
    """The answers as SPSS file with labels; no-answer and not asked are user-missing values."""
    import pandas
    import pyreadstat

    data = Data(survey, weighted=True)
    columns = data.columns(*data.items)
    frame = pandas.DataFrame(
        {_name(key): [_out(code) for code in column] for key, column in zip(data.items, columns, strict=True)}
        | {"weight": _weights(data)}
    )
    labels = {
        _name(key): {**_labels(item), NO_ANSWER_OUT: "無回答", NOT_ASKED_OUT: "非該当"}
        for key, item in data.items.items()
    }
    with tempfile.TemporaryDirectory() as room:
        path = Path(room) / "answers.sav"
        pyreadstat.write_sav(
            frame,
            str(path),
            file_label=survey.questionnaire.title.ja[:60],
            column_labels=[*map(_title, data.items.values()), "ウェイト"],
            variable_value_labels=labels,
            missing_ranges={name: [{"lo": NOT_ASKED_OUT, "hi": NO_ANSWER_OUT}] for name in labels},
            variable_measure=dict.fromkeys(labels, "nominal"),
        )
        return path.read_bytes()


def tables_csv(survey: Survey) -> str:
    """The tables of the result page."""
    output = io.StringIO()
    writer = csv.writer(output)
    writer.writerow(["question", "item", "answer", "n", "percent", "valid_percent", "low", "high", "weighted_mean"])
    for question, table, line in _lines(survey):
        mean = round(table.mean.value, 4) if table.mean else ""
        numbers = [line.n, line.percent, line.valid_percent, line.low, line.high]
        cells = ["" if value is None else value for value in numbers]
        title = "" if table.title.ja == question else table.title.ja
        writer.writerow([safe_cell(question), safe_cell(title), safe_cell(line.label.ja), *cells, mean])
    for question in survey.questionnaire.questions():
        counts, _ = coding.tally(survey, question.key)
        for label, count in counts.most_common():
            writer.writerow([safe_cell(question.label.ja), "", safe_cell(label), count, "", "", "", "", ""])
    return output.getvalue()


def _lines(survey: Survey) -> Iterator[tuple[str, analysis.Table, analysis.Line]]:
    for block in results.screen(survey, weighted=False)["blocks"]:
        for table, _then in block["tables"]:
            for line in table.lines:
                yield block["question"].label.ja, table, line


KINDS = {
    "csv": (answers_csv, "answers.csv", "text/csv"),
    "codebook": (codebook_csv, "codebook.csv", "text/csv"),
    "sav": (answers_sav, "answers.sav", "application/octet-stream"),
}
