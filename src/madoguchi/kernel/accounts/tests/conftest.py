import pytest


@pytest.fixture
def quick_hasher(settings):
    """Passwords hash at once; what a hash costs is Django's matter."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
