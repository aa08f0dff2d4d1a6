import pytest

from matching import latinise


@pytest.fixture
def fold():
    return lambda text: latinise(text, 100_000)
