import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _the_language_of_the_next_test():
    yield
    translation.deactivate()  # a page in English leaves its language to the thread
