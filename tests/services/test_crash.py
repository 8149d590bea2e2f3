"""A fault is kept for the next start and logged, and neither tells a value, a name or a place."""

import logging
import os
import subprocess
import sys
from pathlib import Path

import pytest
from ctdesk.services import crash, log
from ctdesk.services.crash import forget_report, keep_report, report_sudden_end, waiting_report
from ctdesk.services.log import DiscreetFormatter, discreet

SECRETS = ("Ellen Example", "943 476 5919", "/home/sam/trust.ctdesk", "sam@example.org")


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (crash, log):
        monkeypatch.setattr(module, "log_folder", lambda: tmp_path)


def a_fault() -> BaseException:
    try:
        try:
            {}[SECRETS[0]]
        except KeyError as cause:
            raise ValueError(f"{SECRETS[1]} in {SECRETS[2]}") from cause
    except ValueError as fault:
        return fault


def test_a_report_says_where_it_failed_and_nothing_of_what_was_there() -> None:
    assert waiting_report() == ""
    keep_report(a_fault())
    report = waiting_report()
    assert "ValueError" in report
    assert "KeyError" in report
    assert "test_crash.py" in report
    assert not any(secret in report for secret in SECRETS)
    forget_report()
    assert waiting_report() == ""


def test_the_log_holds_no_value_name_or_place() -> None:
    fault = a_fault()
    words = "“Ellen Example” at %s of sam@example.org could not be kept in C:\\Users\\sam\\x.json: why"
    record = logging.LogRecord(
        "ctdesk", logging.ERROR, "x", 1, words, ("/home/sam/trust.ctdesk",), (type(fault), fault, fault.__traceback__)
    )
    line = DiscreetFormatter("%(levelname)s %(message)s").format(record)
    assert line.startswith("ERROR ")
    assert "ValueError" in line
    assert not any(secret in line for secret in (*SECRETS, "sam"))


def test_plain_words_stay_as_they_are() -> None:
    words = "The workspace is saved, but no backup of it could be made: and/or 2026/27"
    assert discreet(words) == words


def test_a_folder_that_cannot_be_written_is_no_second_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crash, "log_folder", lambda: tmp_path / "absent")
    keep_report(a_fault())
    assert waiting_report() == ""


SUDDEN = """
import ctypes, sys
from pathlib import Path
from ctdesk.services import crash

crash.log_folder = lambda: Path(sys.argv[1])
crash.watch_for_sudden_end()
ctypes.string_at(0)
"""


def test_a_sudden_end_is_reported_at_the_next_start_and_names_no_place(tmp_path: Path) -> None:
    program = tmp_path / "ellen example"
    program.mkdir()
    script = program / "fails.py"
    script.write_text(SUDDEN, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    ended = subprocess.run([sys.executable, script, tmp_path], env=environment, capture_output=True, check=False)
    assert ended.returncode != 0
    assert waiting_report() == "", "nothing is made of it before the next start"
    report_sudden_end()
    report = waiting_report()
    assert "fails.py" in report
    assert "line 8" in report
    assert "ellen example" not in report
    assert str(tmp_path) not in report
    forget_report()
    report_sudden_end()
    assert waiting_report() == "", "it is reported once"
