"""Fields carry their hint and error to assistive technology, and say what to do."""

import re

import pytest
from django import forms
from django.template.loader import render_to_string

from madoguchi.ui.forms import Described, FaceForm, WarekiDateField


class Request(FaceForm):
    phone = forms.CharField(label="電話番号", help_text="確認のときだけお電話します。", min_length=10)
    use = forms.ChoiceField(
        label="使いみち",
        widget=forms.RadioSelect,
        choices=[("work", Described("勤め先に出す", "続柄が要ることがあります"))],
    )
    born = WarekiDateField(label="生年月日")
    sure = forms.BooleanField(label="確かめました")
    note = forms.CharField(label="ご連絡", required=False, widget=forms.Textarea)


@pytest.fixture
def refused() -> Request:
    return Request({"phone": "090"})


def test_label_hint_error_and_control_follow_in_that_order(refused):
    html = refused["phone"].as_field_group()
    places = [html.index(part) for part in ('for="id_phone"', "_helptext", "_error", "<input")]
    assert places == sorted(places)


def test_a_refused_control_is_invalid_and_points_to_hint_and_error(refused):
    control = re.search(r"<input[^>]*>", refused["phone"].as_field_group()).group()
    assert 'aria-invalid="true"' in control
    assert 'aria-describedby="id_phone_helptext id_phone_error"' in control


def test_a_group_of_choices_is_a_fieldset_with_a_legend_and_points_to_its_error(refused):
    html = refused["use"].as_field_group()
    assert html.startswith('<fieldset class="field" aria-describedby="id_use_error">')
    assert re.search(r"<legend[^>]*><span>使いみち", html)
    assert "続柄が要ることがあります" in html


def test_every_field_says_in_words_whether_it_must_be_filled():
    form = Request()
    assert "必須" in form["phone"].as_field_group()
    assert "任意" in form["note"].as_field_group()


def test_a_hint_is_text_and_never_markup():
    class Sneaky(FaceForm):
        name = forms.CharField(help_text="<script>")

    assert "<script>" not in Sneaky()["name"].as_field_group()


def test_the_summary_repeats_each_sentence_and_leads_to_the_first_control(refused):
    html = render_to_string("ui/components/errors.html", {"form": refused})
    assert 'role="alert" tabindex="-1"' in html
    assert "直していただくところが4つあります" in html
    assert '<a href="#id_phone">10文字以上で書いてください。いまは3文字です</a>' in html
    assert '<a href="#id_use_0">使いみちを選んでください</a>' in html
    assert '<a href="#id_born_year">生年月日を入力してください</a>' in html
    assert '<a href="#id_sure">「確かめました」を確かめて、しるしを付けてください</a>' in html


def test_every_target_of_the_summary_exists(refused):
    summary = render_to_string("ui/components/errors.html", {"form": refused})
    page = str(refused)
    for target in re.findall(r'href="#([^"]+)"', summary):
        assert f'id="{target}"' in page


def test_a_form_without_errors_has_no_summary():
    assert render_to_string("ui/components/errors.html", {"form": Request()}).strip() == ""


def test_the_words_of_the_form_author_win():
    class Own(FaceForm):
        name = forms.CharField(label="氏名", error_messages={"required": "お名前を教えてください"})

    assert Own({}).errors["name"] == ["お名前を教えてください"]
