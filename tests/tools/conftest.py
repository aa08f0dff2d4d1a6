"""The stand-alone command, run as an admin would."""

import csv
import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(__file__).parents[2] / "tools" / "match_csv.py"


class Outcome:
    """What the command left behind."""

    def __init__(self, done, folder):
        self.code = done.returncode
        self.said = done.stderr
        self.printed = done.stdout
        self._folder = folder

    @property
    def pairs(self):
        return self._rows("pairs.csv")

    @property
    def clusters(self):
        return self._rows("clusters.csv")

    def _rows(self, name):
        with (self._folder / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def match(tmp_path):
    """Run the command on a register given as text or bytes."""

    def run(content, *options):
        register = tmp_path / "register.csv"
        data = content if isinstance(content, bytes) else content.encode()
        register.write_bytes(data)
        outputs = ("--out", "pairs.csv", "--clusters", "clusters.csv")
        command = [sys.executable, COMMAND, register, *(options or outputs)]
        environment = {**os.environ, "PYTHONWARNINGS": "error"}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        return Outcome(done, tmp_path)

    return run
