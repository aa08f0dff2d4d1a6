"""Programs in the foreground and in the background, with real processes."""

import os
import signal
import sys
import time

import pytest

from devkit.processes import Background, CommandFailed, capture, capture_to_log

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("ready", flush=True)
time.sleep(60)
"""


def _wait_for(check, seconds=5):
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture
def background(tmp_path):
    program = Background(tmp_path / "run" / "x.pid", tmp_path / "log" / "x.log")
    yield program
    program.stop(patience=0.2)


def _start(background, code):
    background.start([sys.executable, "-c", code], os.environ, background.log.parent)


def test_capture_returns_the_output():
    assert capture([sys.executable, "-c", "print('zażółć')"]) == "zażółć\n"


def test_a_failure_carries_code_and_the_end_of_the_output():
    code = "import sys\nfor i in range(40): print(i)\nsys.exit('last words')"

    with pytest.raises(CommandFailed) as caught:
        capture([sys.executable, "-c", code])

    assert caught.value.code == 1
    assert caught.value.output.endswith("39\nlast words")
    assert len(caught.value.output.splitlines()) == 15


def test_a_long_program_writes_its_log_and_ticks(tmp_path):
    log, ticks = tmp_path / "new" / "x.log", []
    code = "import time; print('begun', flush=True); time.sleep(1.2)"

    capture_to_log([sys.executable, "-c", code], log, tick=lambda: ticks.append(1))

    assert log.read_text() == "begun\n"
    assert ticks


def test_an_interrupted_program_does_not_live_on(tmp_path):
    log = tmp_path / "x.log"

    def interrupt():
        raise KeyboardInterrupt

    code = "import os, time; print(os.getpid(), flush=True); time.sleep(60)"
    with pytest.raises(KeyboardInterrupt):
        capture_to_log([sys.executable, "-c", code], log, tick=interrupt)

    with pytest.raises(ProcessLookupError):
        os.kill(int(log.read_text()), 0)


def test_a_background_program_is_found_again_and_stopped(tmp_path, background):
    _start(background, "import time; print('up', flush=True); time.sleep(60)")
    other_call = Background(background.pid_file, background.log)
    pid = other_call.pid
    assert pid

    assert background.stop()

    assert other_call.pid is None
    assert not background.stop()


def test_a_program_that_ignores_the_request_is_killed(background):
    _start(background, STUBBORN)
    _wait_for(lambda: "ready" in background.last_lines())

    assert background.stop(patience=0.3)

    assert background.pid is None


def test_a_process_id_in_use_by_another_program_is_not_ours(background):
    background.pid_file.parent.mkdir(parents=True)
    background.pid_file.write_text(f"{os.getpid()} 1\n")

    assert background.pid is None
    assert not background.stop()  # and this test process lives on


def test_a_program_that_died_is_not_running(background):
    _start(background, "print('last words')")
    _wait_for(lambda: background.pid is None)

    assert background.last_lines() == "last words"


def test_sigterm_reaches_the_program(background):
    _start(background, "import time; print('up', flush=True); time.sleep(60)")
    pid = background.pid

    background.stop()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
