"""Steps that are done are skipped, steps that broke are done again."""

import subprocess
import sys
import time

import pytest

from devkit.layout import CHECKOUT
from devkit.stamps import (
    Stamp,
    atomic_folder,
    exclusive,
    fingerprint,
    tree_fingerprint,
    write_atomically,
)


def test_a_stamp_is_current_only_for_what_was_written(tmp_path):
    stamp = Stamp(tmp_path / "stamps", "step")
    assert not stamp.is_current("a")

    stamp.write("a")

    assert stamp.is_current("a")
    assert not stamp.is_current("b")
    stamp.forget()
    assert not stamp.is_current("a")


def test_a_fingerprint_follows_the_content_of_files(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("one")
    before = fingerprint("3.11", file)

    file.write_text("two")

    assert fingerprint("3.11", file) != before


def test_a_fingerprint_keeps_its_parts_apart():
    assert fingerprint("ab", "c") != fingerprint("a", "bc")


def test_a_tree_changes_with_names_and_contents_but_not_by_being_run(tmp_path):
    addon = tmp_path / "addon"
    (addon / "models").mkdir(parents=True)
    (addon / "models" / "a.py").write_text("x = 1")
    first = tree_fingerprint([addon])

    (addon / "models" / "a.pyc").write_bytes(b"compiled")
    assert tree_fingerprint([addon]) == first
    (addon / "models" / "a.py").rename(addon / "models" / "b.py")
    assert tree_fingerprint([addon]) != first


def test_a_folder_that_is_half_made_never_appears(tmp_path):
    target = tmp_path / "odoo"

    def break_off():
        with atomic_folder(target) as folder:
            (folder / "half").touch()
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        break_off()
    assert not target.exists()

    with atomic_folder(target) as folder:
        assert not list(folder.iterdir())
        (folder / "whole").touch()
    assert [path.name for path in target.iterdir()] == ["whole"]


def test_a_folder_replaces_the_older_one_whole(tmp_path):
    target = tmp_path / "odoo"
    target.mkdir()
    (target / "old").touch()

    with atomic_folder(target) as folder:
        assert (target / "old").exists()
        (folder / "new").touch()

    assert [path.name for path in target.iterdir()] == ["new"]
    assert [path.name for path in tmp_path.iterdir()] == ["odoo"]


def test_a_file_is_written_with_its_rights(tmp_path):
    path = tmp_path / "deep" / "odoo.conf"

    write_atomically(path, "secret", mode=0o600)

    assert path.read_text() == "secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(list(path.parent.iterdir())) == 1


HOLDER = """
import sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from devkit.stamps import exclusive
with exclusive(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(0.6)
"""


def test_a_second_call_waits_for_the_first_and_says_so(tmp_path, spoken):
    lock = tmp_path / "setup.lock"
    command = [sys.executable, "-c", HOLDER, str(lock), str(CHECKOUT / "tools")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        started = time.monotonic()

        with exclusive(lock):
            waited = time.monotonic() - started

    assert waited > 0.3
    assert "waiting for it to finish" in spoken.getvalue()
