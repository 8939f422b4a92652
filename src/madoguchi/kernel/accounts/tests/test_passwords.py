"""Which passwords are refused, and which are not (ASVS 5.0, 6.2)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from madoguchi.kernel.accounts.forms import PasswordForm, StaffSignInForm
from madoguchi.kernel.accounts.models import Person

pytestmark = pytest.mark.usefixtures("example_city")


@pytest.mark.parametrize(
    "password",
    [
        "short-one",  # fewer than twelve
        "123qweasdzxc",  # among the common ones
        "madoguchi-reiji",  # the program and the city
        "Madoguchi12345",
        "窓口例示市窓口例示市パスワード",
        "ｒｅｉｊｉ－ｃｉｔｙ－２０２６",  # full width is the same word
        "shimin-0042-x",  # the own staff number
    ],
)
def test_a_password_that_is_guessed_first_is_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password, Person(username="shimin-0042"))


@pytest.mark.parametrize(
    "password",
    [
        "correct horse battery",
        "aaaabbbbcccc",
        "あさがおのつるべとられて",
        "madoguchi and a teapot",
        "x" * 200,
        "🌂🌂🌂🌂🌂🌂🌂🌂🌂🌂🌂🌂",
    ],
)
def test_any_composition_is_taken_when_it_is_long_enough(password):
    validate_password(password, Person(username="shimin-0042"))


def test_what_can_be_set_can_be_typed_at_the_door():
    assert PasswordForm(Person()).fields["new"].max_length == StaffSignInForm().fields["password"].max_length == 200
