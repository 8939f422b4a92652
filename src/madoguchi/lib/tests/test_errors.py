"""A refusal says what is so and what to do, as one text."""

from madoguchi.lib.errors import CitizenError


class OfficeClosed(CitizenError):
    code = "example.closed"


def test_it_keeps_both_halves_and_reads_as_one_text() -> None:
    error = OfficeClosed(what="窓口は閉まっています。", next_step="あすの9時からお越しください。")
    assert (error.what, error.next_step) == ("窓口は閉まっています。", "あすの9時からお越しください。")
    assert str(error) == "窓口は閉まっています。あすの9時からお越しください。"


def test_western_sentences_are_set_apart_by_a_space() -> None:
    assert str(OfficeClosed(what="We are closed.", next_step="Come at 9.")) == "We are closed. Come at 9."


def test_each_kind_has_its_own_code() -> None:
    assert (CitizenError.code, OfficeClosed.code) == ("error", "example.closed")
