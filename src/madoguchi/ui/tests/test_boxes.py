"""Names with their reading and addresses: written in any width, kept in one form, refused with one sentence."""

import pytest
from django.core.exceptions import ValidationError

from madoguchi.lib.prefectures import PREFECTURES
from madoguchi.ui.boxes import Address, AddressField, PersonName, PersonNameField
from madoguchi.ui.examples.forms import Home, Name


def test_hiragana_and_half_width_kana_become_katakana():
    name = PersonNameField().clean(PersonName("見本", "花子", "みほん", "ﾊﾅｺ"))
    assert (name.family_kana, name.given_kana) == ("ミホン", "ハナコ")


def test_a_reading_in_letters_is_refused_with_an_example():
    with pytest.raises(ValidationError, match="ミホン ハナコ"):
        PersonNameField().clean(PersonName("見本", "花子", "mihon", "hanako"))


def test_missing_boxes_are_named():
    with pytest.raises(ValidationError, match="名と名のフリガナも入力してください"):
        PersonNameField().clean(PersonName("見本", "", "ミホン", ""))


@pytest.mark.parametrize("written", ["1000001", "100-0001", "１００－０００１", "100ー0001", "100−0001"])
def test_a_postal_code_is_kept_in_one_form(written):
    assert AddressField().clean(Address(written, "東京都", "例示市", "見本町1-2", "")).postal_code == "100-0001"


@pytest.mark.parametrize("written", ["100", "100-00011", "abc-defg", "100 000 1"])
def test_what_is_no_postal_code_is_refused(written):
    with pytest.raises(ValidationError, match="7けた"):
        AddressField().clean(Address(written, "東京都", "例示市", "見本町1-2", ""))


def test_a_prefecture_that_does_not_exist_is_refused():
    with pytest.raises(ValidationError, match="都道府県"):
        AddressField().clean(Address("100-0001", "例示県", "例示市", "見本町1-2", ""))


def test_there_are_47_prefectures_from_north_to_south():
    assert len(set(PREFECTURES)) == 47
    # 01, 13 and 47 of JIS X 0401
    assert (PREFECTURES[0], PREFECTURES[12], PREFECTURES[46]) == (
        "北海道",
        "東京都",
        "沖縄県",
    )


def test_a_form_reads_its_boxes_and_shows_them_again():
    form = Home({"home_postal_code": "1000001", "home_prefecture": "東京都", "home_city": "例示市"})
    assert not form.is_valid()
    assert form.errors["home"] == ["町名と番地も入力してください"]
    html = form["home"].as_field_group()
    assert 'value="1000001"' in html
    assert "<option selected>東京都</option>" in html
    assert 'aria-invalid="true"' in html


def test_every_box_has_its_label_and_the_group_its_legend():
    html = Name()["name"].as_field_group()
    assert "<legend" in html
    assert html.count("<label") == html.count("<input") == 4


def test_an_empty_name_is_asked_for_once():
    form = Name({})
    assert form.errors["name"] == ["氏名を入力してください"]
