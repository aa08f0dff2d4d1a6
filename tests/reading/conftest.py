"""Make the builders importable beside the tests; each test looks for Tesseract anew."""

import sys
from pathlib import Path

import pytest

from reading import worker

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(autouse=True)
def _tesseract_not_looked_for_yet():
    worker._find_tesseract.cache_clear()
    yield
    worker._find_tesseract.cache_clear()
